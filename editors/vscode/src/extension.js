// Starts `ocstopo lsp` and connects it with VS Code. The extension contains no server and downloads none.
'use strict';
const vscode = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');
const { find } = require('./program');

/** How the program is installed, in a copy of its repository. */
const INSTALL = 'cargo install --locked --path .';

/** The abilities of the server that a setting switches off, and the other options that it takes. */
const OPTIONS = ['formatting', 'completion', 'codeActions', 'inlayHints', 'semanticTokens', 'rulesPage'];

let client;
/** Starts and stops wait for each other. */
let last = Promise.resolve();

function options() {
  const settings = vscode.workspace.getConfiguration('ocstopo');
  return Object.fromEntries(OPTIONS.map((name) => [name, settings.get(name)]).filter(([, value]) => value !== ''));
}

async function missing(wanted) {
  const what = wanted ? `\`${wanted}\` of the setting \`ocstopo.path\` is not a program` : '`ocstopo` is not in the PATH';
  const copy = 'Copy the install line';
  const settings = 'Open the setting';
  const text = `${what}. To install it, run \`${INSTALL}\` in its repository, or set the path of the program.`;
  const chosen = await vscode.window.showErrorMessage(text, copy, settings);
  if (chosen === copy) await vscode.env.clipboard.writeText(INSTALL);
  if (chosen === settings) await vscode.commands.executeCommand('workbench.action.openSettings', 'ocstopo.path');
}

async function start() {
  const wanted = vscode.workspace.getConfiguration('ocstopo').get('path');
  const program = find(wanted, process.env, process.platform);
  if (!program) {
    // Nobody waits for the answer.
    missing(wanted);
    return;
  }
  client = new LanguageClient('ocstopo', 'ocstopo', { command: program, args: ['lsp'] }, {
    documentSelector: [{ scheme: 'file', language: 'ocstopo' }, { scheme: 'untitled', language: 'ocstopo' }],
    initializationOptions: options(),
  });
  try {
    await client.start();
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    vscode.window.showErrorMessage(`The language server \`${program} lsp\` did not start: ${text}`);
  }
}

async function stop() {
  const running = client;
  client = undefined;
  // One that has ended by itself cannot be stopped.
  await running?.stop().catch(() => {});
}

function then(act) {
  last = last.then(act);
  return last;
}

function activate(context) {
  const restart = () => then(async () => { await stop(); await start(); });
  context.subscriptions.push(
    vscode.commands.registerCommand('ocstopo.restart', restart),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (['path', ...OPTIONS].some((name) => change.affectsConfiguration(`ocstopo.${name}`))) restart();
    }),
  );
  return then(start);
}

module.exports = { activate, deactivate: () => then(stop) };
