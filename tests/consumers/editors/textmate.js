// Reads texts with the TextMate grammar of the extension, by the library that VS Code uses. Called by `textmate.rs` with a file of
// jobs, { modules, grammar, results, texts: [{ text, whole }] }. A row of the results has the depth of open rules behind the last line
// and the places with a scope `invalid`; of those with `whole` every token: [first byte, last byte, its scopes].
'use strict';
const fs = require('fs');
const path = require('path');

async function look(jobs) {
  const own = (name) => require(path.join(jobs.modules, name));
  const textmate = own('vscode-textmate');
  const oniguruma = own('vscode-oniguruma');
  await oniguruma.loadWASM(fs.readFileSync(path.join(jobs.modules, 'vscode-oniguruma/release/onig.wasm')).buffer);
  const registry = new textmate.Registry({
    onigLib: { createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns), createOnigString: (text) => new oniguruma.OnigString(text) },
    loadGrammar: async () => textmate.parseRawGrammar(fs.readFileSync(jobs.grammar, 'utf8'), jobs.grammar),
  });
  const grammar = await registry.loadGrammar('source.ocstopo');
  return jobs.texts.map(({ text, whole }) => {
    const row = { invalid: [], tokens: [] };
    let stack = textmate.INITIAL;
    let at = 0;
    for (const line of text.split('\n')) {
      // An editor removes the carriage return with the line end.
      const shown = line.replace(/\r+$/, '');
      const read = grammar.tokenizeLine(shown, stack);
      stack = read.ruleStack;
      for (const { startIndex, endIndex, scopes } of read.tokens) {
        if (scopes.some((scope) => scope.startsWith('invalid'))) row.invalid.push(shown.slice(startIndex, endIndex));
        const byte = (index) => at + Buffer.byteLength(shown.slice(0, index));
        if (whole) row.tokens.push([byte(startIndex), byte(endIndex), scopes]);
      }
      at += Buffer.byteLength(line) + 1;
    }
    row.depth = stack.depth;
    return row;
  });
}

const jobs = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
look(jobs).then(
  (rows) => fs.writeFileSync(jobs.results, JSON.stringify(rows)),
  (error) => { console.error(error); process.exitCode = 1; },
);
