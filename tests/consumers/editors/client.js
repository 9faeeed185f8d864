// Drives `ocstopo lsp` over standard input and output with the protocol's own client of Node.js. Called by `client.rs` with a file of
// jobs, { modules, results, program, folder, file }: the folder is a topology without errors, which this writes to.
'use strict';
const { execFileSync, spawn } = require('child_process');
const fs = require('fs');
const { createRequire } = require('module');
const path = require('path');
const { pathToFileURL } = require('url');

const jobs = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const protocol = createRequire(path.join(jobs.modules, 'here.js'))('vscode-languageserver-protocol/node');

const faults = [];
const is = (real, expected, what) => {
  const [own, wanted] = [real, expected].map((value) => JSON.stringify(value));
  if (own !== wanted) faults.push(`${what}: ${own} and not ${wanted}`);
};

const uriOf = (name) => pathToFileURL(path.join(jobs.folder, name)).href;
const uri = uriOf(jobs.file);
const original = fs.readFileSync(path.join(jobs.folder, jobs.file), 'utf8');

const server = spawn(jobs.program, ['lsp'], { stdio: ['pipe', 'pipe', 'inherit'] });
const ended = new Promise((done) => server.on('exit', done));
const connection = protocol.createProtocolConnection(
  new protocol.StreamMessageReader(server.stdout), new protocol.StreamMessageWriter(server.stdin),
);
connection.onUnhandledNotification((message) => faults.push(`nobody waits for ${message.method}`));

/** The last findings of each file, and who waits for those of a version. */
const findings = new Map();
let waiting = null;
connection.onNotification(protocol.PublishDiagnosticsNotification.type, (report) => {
  findings.set(report.uri, report.diagnostics);
  if (waiting && report.uri === uri && report.version === waiting.version) waiting.done();
});
const watched = new Promise((done) => {
  connection.onRequest(protocol.RegistrationRequest.type, ({ registrations }) => { done(registrations.map((own) => own.method)); });
});

let version = 1;
/** The findings of the version that was sent last; an answer comes behind all reports that were sent with them. */
async function settled() {
  await new Promise((done) => { waiting = { version, done }; });
  await connection.sendRequest(protocol.FoldingRangeRequest.type, { textDocument: { uri } });
}

/** Line and column of a place, in UTF-16 units, from the text alone. */
function place(text, at) {
  const before = text.slice(0, at);
  return { line: before.split('\n').length - 1, character: at - (before.lastIndexOf('\n') + 1) };
}

let text = original;
/** Replaces a part of the text, as a person does; what undoes it. */
function edit(from, to, written) {
  const removed = text.slice(from, to);
  const range = { start: place(text, from), end: place(text, to) };
  text = text.slice(0, from) + written + text.slice(to);
  version += 1;
  connection.sendNotification(protocol.DidChangeTextDocumentNotification.type, {
    textDocument: { uri, version }, contentChanges: [{ range, text: written }],
  });
  return () => edit(from, from + written.length, removed);
}

const line = (code, number, message) => `${code} ${number}: ${message}`;
/** What the server says about all files. */
function said() {
  const rows = [];
  for (const [file, diagnostics] of findings) {
    for (const { code, range, message } of diagnostics) {
      rows.push(`${path.basename(file)} ${line(code, range.start.line + 1, message.split('\n')[0])}`);
    }
  }
  return rows.sort();
}

/** What a fresh `check` says about the same texts. */
function checked() {
  fs.writeFileSync(path.join(jobs.folder, jobs.file), text);
  let printed;
  try {
    printed = execFileSync(jobs.program, ['check', jobs.folder, '--format', 'json'], { encoding: 'utf8' });
  } catch (error) {
    printed = error.stdout;
  }
  fs.writeFileSync(path.join(jobs.folder, jobs.file), original);
  const rows = JSON.parse(printed).diagnostics.map((own) => `${path.basename(own.file)} ${line(own.code, own.start.line, own.message)}`);
  return rows.sort();
}

/** What is found in the example. */
const sound = checked();

/** Numbers that are the same in every run. */
let state = 20071016;
function random(below) {
  state = (Math.imul(state, 1103515245) + 12345) >>> 0;
  return (state >>> 8) % below;
}

const WRITTEN = ['𝄞', 'é', '\n', '{', '}', ' # ', '"', '[', ',', '=', ' ?= ', '# 𝄞 note\n', '\n  network x { zone = internal }\n', '10.0.0.0/8', '_', 'x'];

/** A place that is not within a character of two units. */
function somewhere() {
  const at = random(text.length + 1);
  return at < text.length && /[\uDC00-\uDFFF]/.test(text[at]) ? at - 1 : at;
}

/** A hundred edits: ten times five and their undoing, each five compared with a fresh check. */
async function edits() {
  const differences = [];
  let most = 0;
  for (let round = 0; round < 10; round += 1) {
    const undo = [];
    for (let number = 0; number < 5; number += 1) {
      const from = somewhere();
      let to = Math.min(text.length, from + random(3) * random(12));
      if (to < text.length && /[\uDC00-\uDFFF]/.test(text[to])) to += 1;
      undo.push(edit(from, to, WRITTEN[random(WRITTEN.length)]));
    }
    await settled();
    const [real, expected] = [said(), checked()];
    if (JSON.stringify(real) !== JSON.stringify(expected)) differences.push({ round, text, real, expected });
    most = Math.max(most, real.length);
    while (undo.length) undo.pop()();
    await settled();
    is(said(), sound, `after round ${round}`);
    is(text, original, 'the undone text');
  }
  is(version, 101, 'the number of edits');
  if (most < 5) faults.push(`the edits were hardly mistakes: ${most} findings`);
  for (const difference of differences) faults.push(`the server differs from \`check\`: ${JSON.stringify(difference, null, 1)}`);
}

async function session() {
  connection.listen();
  const root = pathToFileURL(jobs.folder).href;
  const { capabilities } = await connection.sendRequest(protocol.InitializeRequest.type, {
    processId: process.pid,
    rootUri: root,
    workspaceFolders: [{ uri: root, name: 'topology' }],
    capabilities: {
      textDocument: { completion: { completionItem: { snippetSupport: true } }, rename: { prepareSupport: true } },
      workspace: { didChangeWatchedFiles: { dynamicRegistration: true } },
    },
  });
  is(capabilities.positionEncoding, 'utf-16', 'the columns');
  connection.sendNotification(protocol.InitializedNotification.type, {});
  connection.sendNotification(protocol.DidOpenTextDocumentNotification.type, {
    textDocument: { uri, languageId: 'ocstopo', version, text },
  });
  await settled();
  is(await watched, ['workspace/didChangeWatchedFiles'], 'the watched files');
  is(said(), sound, 'the example');

  await edits();

  // A block is begun: its kinds are proposed, with their required attributes as places to fill in.
  const at = text.indexOf('\n  network ') + 1;
  const undo = edit(at, at, '  netw\n');
  await settled();
  if (!said().some((row) => row.includes('netw'))) faults.push(`\`netw\` is no finding: ${said()}`);
  const position = { ...place(text, at + '  netw'.length) };
  const proposals = await connection.sendRequest(protocol.CompletionRequest.type, { textDocument: { uri }, position });
  const network = (proposals.items || proposals).find((item) => item.label === 'network');
  is(network && network.insertTextFormat, protocol.InsertTextFormat.Snippet, 'the proposal');
  is(network && network.filterText, 'network', 'what editors filter by');
  if (!/zone = \$\{\d+:/.test(JSON.stringify(network))) faults.push(`the proposal has no attributes: ${JSON.stringify(network)}`);
  undo();
  await settled();

  // A network gets another name, in all places.
  const name = /\n {2}network (\w+)/.exec(text)[1];
  const of = place(text, text.indexOf(`  network ${name}`) + '  network '.length);
  const hover = await connection.sendRequest(protocol.HoverRequest.type, { textDocument: { uri }, position: of });
  if (!JSON.stringify(hover).includes(name)) faults.push(`the hover does not name ${name}: ${JSON.stringify(hover)}`);
  const prepared = await connection.sendRequest(protocol.PrepareRenameRequest.type, { textDocument: { uri }, position: of });
  const { start } = prepared.range || prepared;
  is([start.line, start.character], [of.line, of.character], 'what is renamed');
  const renamed = await connection.sendRequest(protocol.RenameRequest.type, { textDocument: { uri }, position: of, newName: 'renamed' });
  const changes = renamed.changes || Object.fromEntries(renamed.documentChanges.map((change) => [change.textDocument.uri, change.edits]));
  if (changes[uri].length < 2) faults.push(`the rename changes one place: ${JSON.stringify(changes)}`);
  const offset = ({ line: row, character }) => text.split('\n').slice(0, row).reduce((sum, own) => sum + own.length + 1, 0) + character;
  const own = changes[uri].map(({ range, newText }) => [offset(range.start), offset(range.end), newText]);
  own.sort((one, other) => other[0] - one[0]).forEach(([from, to, written]) => edit(from, to, written));
  await settled();
  is(said(), sound, 'after the rename');

  await connection.sendRequest(protocol.ShutdownRequest.type);
  await connection.sendNotification(protocol.ExitNotification.type);
  is(await ended, 0, 'how the server ends');
}

const late = setTimeout(() => { console.error(`no answer within 100 s\n${faults.join('\n')}`); server.kill(); process.exit(1); }, 100000);
session()
  .catch((error) => faults.push(error.stack))
  .then(() => { clearTimeout(late); server.kill(); fs.writeFileSync(jobs.results, JSON.stringify(faults)); process.exit(0); });
