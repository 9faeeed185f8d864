// Where the program is: the setting, then the PATH.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');

function isProgram(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

/** The full path of the program, or undefined. `~` in the setting is the user's folder. */
function find(setting, environment, platform) {
  if (setting) {
    const file = setting.replace(/^~(?=[/\\]|$)/, os.homedir());
    return isProgram(file) ? file : undefined;
  }
  const windows = platform === 'win32';
  // Windows writes `Path`, and the names of its variables have no case.
  const name = Object.keys(environment).find((key) => (windows ? key.toUpperCase() : key) === 'PATH');
  const folders = (environment[name] || '').split(windows ? ';' : ':').filter(Boolean);
  // Cargo installs here; an editor that a desktop starts does not always know it.
  folders.push(path.join(os.homedir(), '.cargo', 'bin'));
  return folders.map((folder) => path.join(folder, windows ? 'ocstopo.exe' : 'ocstopo')).find(isProgram);
}

module.exports = { find };
