// Loads the bundle of the extension with another `vscode`, which keeps what the extension says. Called by `extension.rs` with a file of
// jobs, { results, bundle, source, work }.
'use strict';
const fs = require('fs');
const Module = require('module');
const path = require('path');

const jobs = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const said = [];
const settings = { path: '' };

/** Everything of the editor that is loaded and not used here: a class whose members are such, too. */
const anything = new Proxy(class {}, { get: (own, name) => (name in own || typeof name === 'symbol' ? own[name] : anything) });
const vscode = {
  window: { showErrorMessage: async (text, ...choices) => { said.push([text, ...choices]); return choices[0]; } },
  env: { clipboard: { writeText: async (text) => said.push([text]) } },
  commands: { registerCommand: (name) => { said.push([name]); return { dispose() {} }; } },
  workspace: { getConfiguration: () => ({ get: (name) => settings[name] }), onDidChangeConfiguration: () => ({ dispose() {} }) },
};
const editor = new Proxy(vscode, { get: (own, name) => own[name] ?? anything });
const load = Module._load;
Module._load = (name, ...rest) => (name === 'vscode' ? editor : load(name, ...rest));

async function session() {
  const { find } = require(path.join(jobs.source, 'program.js'));
  const [first, second] = ['first', 'second'].map((name) => path.join(jobs.work, name));
  for (const folder of [first, second]) fs.mkdirSync(folder);
  const program = path.join(second, 'ocstopo');
  fs.writeFileSync(program, '', { mode: 0o755 });
  // A file that nobody may run is no program.
  fs.writeFileSync(path.join(first, 'ocstopo'), '', { mode: 0o644 });
  const own = { PATH: `${first}:${second}` };
  const found = [find('', own, 'linux'), find(program, {}, 'linux'), find(`${program}x`, own, 'linux'), find('', { PATH: first }, 'linux')];
  const extension = require(jobs.bundle);
  process.env.PATH = first;
  process.env.HOME = jobs.work;
  await extension.activate({ subscriptions: [] });
  settings.path = '/nowhere/ocstopo';
  await extension.activate({ subscriptions: [] });
  await new Promise(setImmediate);
  await extension.deactivate();
  fs.writeFileSync(jobs.results, JSON.stringify({ program, found: found.map((file) => file ?? ''), said }));
}

session().catch((error) => { console.error(error); process.exitCode = 1; });
