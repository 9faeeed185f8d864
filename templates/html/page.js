'use strict';
// What all pages share. Text is put into the page as text only: what a name of the topology says is never read as markup.

/** The data of this page. */
const DATA = JSON.parse(document.getElementById('data').textContent);

/** An element with attributes, listeners (`onclick`) and children; text is text. */
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? '' : value);
  }
  made.append(...children.filter((child) => child !== undefined && child !== null));
  return made;
}

/** `1 row`, `5,925 rows`. */
function counted(number, noun) {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}

/** Hands a file to the reader. */
function save(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = element('a', { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

/** Copies a text. Where the browser has no clipboard for pages from disk, it is selected, for the reader to copy. */
async function copy(text, button, shown) {
  const said = button.textContent;
  const say = (word) => {
    button.textContent = word;
    setTimeout(() => { button.textContent = said; }, 1600);
  };
  try {
    await navigator.clipboard.writeText(text);
    say('Copied');
  } catch {
    if (shown) getSelection().selectAllChildren(shown);
    say(shown ? 'Selected: press Ctrl+C' : 'Not possible here');
  }
}

/** The variables in the fragment of the address, such as `#t=rules&q=5061`. */
function fragment() {
  return new URLSearchParams(location.hash.slice(1));
}

/** Writes them, without an entry in the history unless it is a step of its own. */
function setFragment(variables, step) {
  const hash = `#${variables}`;
  if (hash === location.hash) return;
  if (step) history.pushState(null, '', hash);
  else history.replaceState(null, '', hash);
}

/** A row of a file of comma-separated values; a spreadsheet would run a cell that begins like a formula. */
function csvRow(cells) {
  const guarded = cells.map((cell) => (/^\s*[=+\-@]/.test(cell) ? `'${cell}` : cell));
  return guarded.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',');
}

/** Today, as `2026-11-29`, by the clock of the reader. */
function today() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
