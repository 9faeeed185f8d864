// The report: one part at a time, with its search, choices, order and details in the address.

/** Up to this many rows are drawn at once, with their text in full; of more, those in view, one line each. */
const WHOLE = 300;
/** How many rows are drawn above and below the view. */
const AROUND = 30;
/** How many values of a list a cell shows. */
const SHOWN_VALUES = 5;
/** How many it shows on paper. */
const PRINTED_VALUES = 60;
/** How many rows are printed where the reader did not ask for all. */
const PRINTED = 2000;

const search = new Search(DATA.words, DATA.lists);
const tables = new Map(DATA.tables.map((table) => [table.id, new TableView(table, DATA, search)]));
const page = {
  overview: document.getElementById('overview'),
  sheet: document.getElementById('sheet'),
  details: document.getElementById('details'),
  search: document.getElementById('search'),
  tabs: Array.from(document.querySelectorAll('#tabs a')),
};

/** What the address says: the table, the search, the order, the choices, the row whose details are open. */
function stateOf(variables) {
  const table = tables.get(variables.get('t'));
  const choices = Array.from(variables).filter(([key]) => key.startsWith('f.')).map(([key, value]) => [key.slice(2), value]);
  return {
    table,
    q: variables.get('q') || '',
    sort: variables.get('s') || '',
    down: variables.get('d') === '1',
    choices: table ? choices.filter(([id]) => table.column(id)) : [],
    row: variables.get('r') || undefined,
  };
}

function variablesOf(wanted) {
  const variables = new URLSearchParams();
  variables.set('t', wanted.table ? wanted.table.id : 'overview');
  if (wanted.q) variables.set('q', wanted.q);
  if (wanted.sort) variables.set('s', wanted.sort);
  if (wanted.down) variables.set('d', '1');
  wanted.choices.forEach(([id, value]) => variables.append(`f.${id}`, value));
  if (wanted.row) variables.set('r', wanted.row);
  return variables;
}

let state = stateOf(fragment());
let parts = [];
/** The rows of the table that are to be seen, in their order. */
let rows = [];
/** What is drawn: the body of the table, the rows in it by their place, the height of one. */
let drawn;

function change(changes, step) {
  const before = state;
  state = { ...state, ...changes };
  setFragment(variablesOf(state), step);
  show(before);
}

/** Shows what the address says. */
function show(before) {
  const searched = !before || before.q !== state.q;
  if (searched) {
    parts = search.parts(state.q);
    if (page.search.value !== state.q) page.search.value = state.q;
    countTabs();
  }
  for (const tab of page.tabs) {
    const own = tab.dataset.table === (state.table ? state.table.id : 'overview');
    if (own) tab.setAttribute('aria-current', 'page');
    else tab.removeAttribute('aria-current');
    const kept = { table: tables.get(tab.dataset.table), q: state.q, sort: '', down: false, choices: [] };
    tab.href = `#${variablesOf(kept)}`;
  }
  page.overview.hidden = state.table !== undefined;
  page.sheet.hidden = state.table === undefined;
  if (state.table) {
    const same = before && before.table === state.table && drawn;
    const same_rows = same && !searched && before.sort === state.sort && before.down === state.down
      && String(before.choices) === String(state.choices);
    if (!same) frame(state.table);
    if (!same_rows) fill();
  } else {
    drawn = undefined;
    page.sheet.replaceChildren();
  }
  showDetails();
}

/** The number of rows of each table that the search finds. */
function countTabs() {
  for (const [id, table] of tables) {
    const count = parts.length === 0 ? table.length : table.filter(parts, []).length;
    const shown = document.querySelector(`[data-count="${id}"]`);
    const all = table.length.toLocaleString('en');
    shown.textContent = parts.length === 0 ? all : `${count.toLocaleString('en')} of ${all}`;
    shown.closest('a').classList.toggle('nothing', count === 0);
  }
}

/** The table without its rows. */
function frame(table) {
  const choices = table.columns.filter((column) => column.choice && column.options().length > 1);
  const choice = (column) => {
    const select = element('select', { id: `choice-${column.id}`, onchange: () => choose(column.id, select.value) },
      element('option', { value: '' }, 'all'),
      ...column.options().map(([value, count]) => element('option', { value }, `${value} (${count.toLocaleString('en')})`)));
    return element('div', { class: 'field' }, element('label', { for: `choice-${column.id}` }, column.title), select);
  };
  const sort = element('select', { id: 'order', onchange: () => change({ sort: sort.value, down: false }) },
    element('option', { value: '' }, 'as listed'),
    ...table.columns.map((column) => element('option', { value: column.id }, column.title)));
  const order = element('div', { class: 'field' }, element('label', { for: 'order' }, 'Order'), sort);
  const status = element('p', { role: 'status', id: 'status' });
  const clear = element('button', { type: 'button', id: 'clear', onclick: () => change({ q: '', choices: [], sort: '', down: false }) }, 'Show all rows');
  const line = element('div', { class: 'line' }, status, element('div', { class: 'buttons' },
    clear,
    element('button', { type: 'button', id: 'csv', onclick: exportRows }, 'Save as CSV'),
    element('button', { type: 'button', id: 'print', onclick: () => printAll([table]) }, 'Print these rows')));
  const widths = element('colgroup', {}, ...table.shown.map((column) => {
    const col = element('col');
    col.style.width = `${column.width}%`;
    return col;
  }));
  const head = element('thead', { role: 'rowgroup' }, element('tr', { role: 'row', 'aria-rowindex': 1 }, ...table.shown.map((column) => (
    element('th', { scope: 'col', role: 'columnheader', 'data-column': column.id },
      element('button', { type: 'button', onclick: () => sortBy(column.id) }, column.title))))));
  const body = element('tbody', { role: 'rowgroup', onkeydown: moveFocus });
  const sheet = element('table', { class: 'sheet', role: 'table', 'aria-rowcount': table.length + 1 },
    element('caption', { class: 'away' }, table.title), widths, head, body);
  page.sheet.replaceChildren(
    element('h2', { id: 'sheet-title' }, table.title),
    element('p', { class: 'quiet' }, table.about),
    element('details', { class: 'filters', open: innerWidth > 760 }, element('summary', {}, 'Choices and order'),
      element('div', { class: 'choices' }, ...choices.map(choice), order)),
    line,
    element('p', { class: 'print-note', id: 'print-note' }),
    sheet);
  drawn = { sheet, body, lines: new Map(), height: 0, first: 0, end: 0 };
}

function choose(id, value) {
  const others = state.choices.filter(([other]) => other !== id);
  change({ choices: value === '' ? others : [...others, [id, value]] });
}

function sortBy(id) {
  change({ sort: id, down: state.sort === id && !state.down });
}

/** Finds the rows anew and draws them. */
function fill() {
  const { table } = state;
  rows = table.sort(table.filter(parts, state.choices), state.sort, state.down);
  for (const select of page.sheet.querySelectorAll('.choices select')) {
    const chosen = state.choices.find(([id]) => `choice-${id}` === select.id);
    select.value = select.id === 'order' ? state.sort : (chosen ? chosen[1] : '');
    select.classList.toggle('set', select.value !== '');
  }
  for (const head of page.sheet.querySelectorAll('th')) {
    if (head.dataset.column !== state.sort) head.removeAttribute('aria-sort');
    else head.setAttribute('aria-sort', state.down ? 'descending' : 'ascending');
    head.firstChild.textContent = table.column(head.dataset.column).title
      + (head.dataset.column === state.sort ? (state.down ? ' ▼' : ' ▲') : '');
  }
  const all = rows.length === table.length;
  document.getElementById('status').textContent = all
    ? counted(table.length, 'row') : `${rows.length.toLocaleString('en')} of ${counted(table.length, 'row')}`;
  document.getElementById('clear').disabled = all && state.sort === '' && state.q === '';
  drawn.sheet.setAttribute('aria-rowcount', rows.length + 1);
  drawn.sheet.classList.toggle('dense', rows.length > WHOLE);
  drawn.lines.clear();
  drawn.height = 0;
  drawn.body.replaceChildren();
  draw();
}

/** Draws the rows in view, and room for the others. */
function draw() {
  if (!drawn || rows.length === 0) {
    if (drawn) drawn.body.replaceChildren(emptyRow());
    return;
  }
  let [first, end] = [0, rows.length];
  if (rows.length > WHOLE) {
    if (drawn.height === 0) {
      place(0, Math.min(rows.length, 2 * AROUND));
      drawn.height = drawn.body.children[1].getBoundingClientRect().height || 30;
    }
    const top = drawn.body.getBoundingClientRect().top;
    const seen = Math.max(0, Math.floor(-top / drawn.height));
    first = Math.max(0, Math.min(seen - AROUND, rows.length - 1));
    end = Math.min(rows.length, seen + Math.ceil(innerHeight / drawn.height) + AROUND);
    if (first === drawn.first && end === drawn.end && drawn.body.children.length > 2) return;
  }
  place(first, end);
}

/** Puts the rows from `first` to `end` into the table; those that are there stay, with the focus that one may have. */
function place(first, end) {
  for (const [place, line] of drawn.lines) {
    if (place < first || place >= end) {
      line.remove();
      drawn.lines.delete(place);
    }
  }
  const { body } = drawn;
  if (!body.firstChild || !body.firstChild.classList.contains('gap')) body.replaceChildren(gap(), gap());
  let after = body.firstChild;
  for (let place = first; place < end; place += 1) {
    let line = drawn.lines.get(place);
    if (!line) {
      line = rowElement(place);
      drawn.lines.set(place, line);
      after.after(line);
    }
    after = line;
  }
  body.firstChild.firstChild.style.height = `${first * drawn.height}px`;
  body.lastChild.firstChild.style.height = `${(rows.length - end) * drawn.height}px`;
  body.firstChild.hidden = first === 0;
  body.lastChild.hidden = end === rows.length;
  Object.assign(drawn, { first, end });
}

function gap() {
  return element('tr', { class: 'gap', 'aria-hidden': 'true' }, element('td', { colspan: state.table.shown.length }));
}

function emptyRow() {
  return element('tr', { role: 'row' }, element('td', { role: 'cell', colspan: state.table.shown.length }, 'No row fits.'));
}

function rowElement(place) {
  const row = rows[place];
  const { shown, opener } = state.table;
  const cells = shown.map((column) => cellElement(column, row, column === opener ? () => openRow(row) : undefined));
  return element('tr', { role: 'row', 'aria-rowindex': place + 2, 'data-place': place }, ...cells);
}

function cellElement(column, row, open, most = SHOWN_VALUES) {
  const values = column.values(row);
  const cell = element('td', { role: 'cell', 'data-title': column.title, class: column.isNumber ? 'number' : undefined });
  const inner = values.length > 1 && !open
    ? element('ul', {}, ...values.slice(0, most).map((value) => element('li', {}, valueElement(column, value))),
      values.length > most ? element('li', { class: 'quiet' }, `and ${(values.length - most).toLocaleString('en')} more`) : undefined)
    : valueElement(column, values.length > 3 ? `${values.slice(0, 3).join(', ')} and ${values.length - 3} more` : values.join(', '), open);
  cell.append(inner);
  return cell;
}

/** A value as its column shows it; with `open`, as what opens the row. */
function valueElement(column, value, open) {
  let shown = document.createTextNode(value);
  if (column.kind === 'day' && value !== '') {
    const past = value < today();
    shown = element('span', { class: past ? 'day-past' : undefined }, past ? `${value} (past)` : value);
  }
  if (open) shown = element('button', { type: 'button', class: 'open', 'aria-haspopup': 'dialog', onclick: open }, value === '' ? 'show' : shown);
  if (column.kind === 'mark' && value !== '') return element('span', { class: `mark mark-${value}` }, shown);
  return column.isCode ? element('code', {}, shown) : shown instanceof Text ? element('span', {}, shown) : shown;
}

/** Arrows go from row to row, which draws those that come into view. */
function moveFocus(event) {
  const step = { ArrowDown: 1, ArrowUp: -1, Home: -rows.length, End: rows.length }[event.key];
  const line = event.target.closest('tr');
  if (!step || !line || !line.dataset.place) return;
  event.preventDefault();
  const place = Math.max(0, Math.min(rows.length - 1, Number(line.dataset.place) + step));
  if (!drawn.lines.has(place)) {
    scrollTo(0, scrollY + drawn.body.getBoundingClientRect().top + place * drawn.height - innerHeight / 2);
    draw();
  }
  const target = drawn.lines.get(place);
  target.querySelector('.open').focus();
  target.scrollIntoView({ block: 'nearest' });
}

function openRow(row) {
  change({ row: state.table.keyOf(row) }, true);
}

/** The details of the row that the address names. */
function showDetails() {
  const row = state.table && state.row !== undefined ? state.table.find(state.row) : undefined;
  if (row === undefined) {
    if (page.details.open) page.details.close();
    return;
  }
  const { table } = state;
  const place = rows.indexOf(row);
  const go = (step) => element('button', {
    type: 'button', disabled: place < 0 || rows[place + step] === undefined,
    onclick: () => change({ row: table.keyOf(rows[place + step]) }),
  }, step < 0 ? 'Previous row' : 'Next row');
  const link = element('button', { type: 'button', onclick: () => copy(location.href, link) }, 'Copy a link to this row');
  const fields = table.columns.filter((column) => column.values(row).length > 0).map((column) => (
    element('div', {}, element('dt', {}, column.title), element('dd', {}, detail(column, row)))));
  page.details.replaceChildren(
    element('div', { class: 'details-head' },
      element('h2', { id: 'details-title' }, `${table.title}: ${table.keyOf(row)}`),
      element('div', { class: 'buttons' }, go(-1), go(1), link,
        element('button', { type: 'button', id: 'close', onclick: () => page.details.close() }, 'Close'))),
    element('dl', { class: 'details-body' }, ...fields));
  if (!page.details.open) page.details.showModal();
}

function detail(column, row) {
  const values = column.values(row);
  const shown = values.map((value) => {
    if (column.kind === 'sources') {
      const source = DATA.sources[value];
      return element('span', {}, source ? `${source.title} ` : '', element('span', { class: 'quiet' }, source ? `${value}, ${source.address}` : value));
    }
    const word = value.split(' ')[0];
    if (!column.isCode || !word.includes('.')) return valueElement(column, value);
    // What has a name or an address is looked for everywhere by it.
    return element('code', {}, element('a', { href: `#${variablesOf({ table: state.table, q: word, choices: [] })}` }, word), value.slice(word.length));
  });
  if (shown.length === 1) return shown[0];
  const list = element('ul', {}, ...shown.map((value) => element('li', {}, value)));
  if (shown.length > 12) list.tabIndex = 0;
  return list;
}

function exportRows() {
  const name = `${DATA.organization}-${state.table.id}.csv`.replace(/[^\w.-]+/g, '_');
  save(name, 'text/csv', state.table.csv(rows));
}

/** Draws every row of some tables and prints them. */
function printAll(printed) {
  drawForPrint(printed, Infinity);
  print();
}

let printed_only;

function drawForPrint(printed, most) {
  if (printed_only) return;
  const own = state.table;
  printed_only = element('div', {});
  const copies = printed.map((table) => {
    const all = table === own ? rows : table.filter([], []);
    const some = all.slice(0, most);
    const head = element('thead', {}, element('tr', {}, ...table.shown.map((column) => element('th', { scope: 'col' }, column.title))));
    const line = (row) => element('tr', {}, ...table.shown.map((column) => cellElement(column, row, undefined, PRINTED_VALUES)));
    const widths = element('colgroup', {}, ...table.shown.map((column) => {
      const col = element('col');
      col.style.width = `${column.width}%`;
      return col;
    }));
    const about = [
      some.length < all.length ? `The first ${counted(some.length, 'row')} of ${all.length.toLocaleString('en')}: “Print these rows” prints all.` : counted(all.length, 'row'),
      table === own && state.q ? `Search: ${state.q}.` : '',
      ...(table === own ? state.choices.map(([id, value]) => `${table.column(id).title}: ${value}.`) : []),
    ];
    return element('section', { class: printed.length > 1 ? 'printed' : undefined },
      element('h2', {}, table.title), element('p', {}, about.filter((text) => text).join(' ')),
      element('table', { class: 'sheet' }, widths, head, element('tbody', {}, ...some.map(line))));
  });
  printed_only.append(...copies);
  page.sheet.hidden = true;
  page.overview.hidden = own !== undefined && printed.length === 1;
  document.getElementById('main').append(printed_only);
}

addEventListener('beforeprint', () => {
  if (state.table) drawForPrint([state.table], PRINTED);
});
addEventListener('afterprint', () => {
  if (!printed_only) return;
  printed_only.remove();
  printed_only = undefined;
  page.overview.hidden = state.table !== undefined;
  page.sheet.hidden = state.table === undefined;
});
page.details.addEventListener('close', () => {
  if (state.row === undefined) return;
  const place = rows.findIndex((row) => state.table && state.table.keyOf(row) === state.row);
  change({ row: undefined });
  const line = drawn && drawn.lines.get(place);
  if (line) line.querySelector('.open').focus();
});
addEventListener('hashchange', () => {
  const before = state;
  state = stateOf(fragment());
  show(before);
  if (before.table !== state.table) {
    scrollTo(0, 0);
    document.getElementById('main').focus({ preventScroll: true });
  }
});
addEventListener('popstate', () => dispatchEvent(new Event('hashchange')));
let waiting = false;
const redraw = () => {
  if (waiting || rows.length <= WHOLE) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    if (state.table && drawn && !printed_only) draw();
  });
};
addEventListener('scroll', redraw, { passive: true });
addEventListener('resize', () => {
  if (drawn && rows.length > WHOLE) fill();
});
let typing;
page.search.addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(() => change({ q: page.search.value.trim() }), 120);
});
document.getElementById('tools').addEventListener('submit', (event) => event.preventDefault());
document.getElementById('tools').hidden = false;
const print_report = document.getElementById('print-report');
if (print_report) {
  print_report.hidden = false;
  print_report.addEventListener('click', () => printAll(Array.from(tables.values())));
}
for (const day of document.querySelectorAll('[data-day]')) {
  if (day.dataset.day < today()) {
    day.classList.add('day-past');
    day.append(' (past)');
  }
}
show();
