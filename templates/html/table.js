// Tables whose cells are numbers of words: what a row says, which rows fit a search, in which order they are.

/** How values that are no names sort. */
const ORDERS = [['error', 'warning', 'note'], ['high', 'medium', 'low']];

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** An address such as `10.1.64.9` as a number, or nothing. */
function addressOf(text) {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (!parts || parts.slice(1).some((part) => part > 255)) return undefined;
  return parts.slice(1).reduce((number, part) => number * 256 + Number(part), 0);
}

/** Whether a word has a network that contains an address. */
function containsAddress(word, address) {
  const network = /(\d+\.\d+\.\d+\.\d+)\/(\d+)/.exec(word);
  const first = network && addressOf(network[1]);
  return first !== undefined && first !== null && address >= first && address < first + 2 ** (32 - network[2]);
}

/** Whether a word is a range of ports that contains a port. */
function containsPort(word, port) {
  const range = /^(?:tcp |udp )?(\d+)-(\d+)$/.exec(word);
  return range !== null && port >= Number(range[1]) && port <= Number(range[2]);
}

/** All words of the page, searched at once: one byte for each word and list says whether it fits. */
class Search {
  constructor(words, lists) {
    this.words = words;
    this.lower = words.map((word) => word.toLowerCase());
    this.lists = lists;
  }

  /** For each word of the text, which words and lists of the page have it. */
  parts(text) {
    const tokens = text.toLowerCase().split(/\s+/).filter((token) => token !== '');
    return tokens.map((token) => {
      const address = addressOf(token);
      const port = /^\d{1,5}$/.test(token) ? Number(token) : undefined;
      const words = Uint8Array.from(this.lower, (word) => (
        word.includes(token)
        || (address !== undefined && containsAddress(word, address))
        || (port !== undefined && containsPort(word, port)) ? 1 : 0));
      const lists = Uint8Array.from(this.lists, (list) => (list.some((word) => words[word] === 1) ? 1 : 0));
      return { token, words, lists };
    });
  }

  /** The place of each word in their order, found when it is first needed. */
  ranks() {
    if (!this.ranked) {
      const order = Array.from(this.words.keys()).sort((a, b) => collator.compare(this.words[a], this.words[b]));
      this.ranked = new Int32Array(order.length);
      order.forEach((word, rank) => { this.ranked[word] = rank; });
    }
    return this.ranked;
  }
}

/** A column: `text(row)`, `values(row)`, `fits(row, part)`. */
class ColumnView {
  constructor(column, data) {
    Object.assign(this, column);
    this.data = data;
    this.isList = ['texts', 'codes', 'sources'].includes(this.kind);
    this.isNumber = this.kind === 'number';
    this.isCode = ['code', 'codes'].includes(this.kind);
  }

  /** What the cell says, each value for itself. */
  values(row) {
    const cell = this.cells[row];
    if (this.isNumber) return [String(cell)];
    if (this.isList) return this.data.lists[cell].map((word) => this.data.words[word]);
    return cell === 0 ? [] : [this.data.words[cell]];
  }

  text(row) {
    return this.values(row).join('; ');
  }

  fits(row, part) {
    const cell = this.cells[row];
    if (this.isNumber) return String(cell) === part.token;
    return (this.isList ? part.lists[cell] : part.words[cell]) === 1;
  }

  /** Its different values with the number of their rows, in their order. */
  options() {
    if (!this.listed) {
      const counts = new Map();
      const add = (value) => counts.set(value, (counts.get(value) || 0) + 1);
      for (let row = 0; row < this.cells.length; row += 1) this.values(row).forEach(add);
      const order = ORDERS.find((words) => words.some((word) => counts.has(word)));
      const compare = order && this.kind === 'mark' ? (a, b) => order.indexOf(a) - order.indexOf(b) : collator.compare;
      this.listed = Array.from(counts).sort(([a], [b]) => compare(a, b));
    }
    return this.listed;
  }

  /** A number for each row by which rows are put in order. */
  keys(search) {
    if (this.isNumber) return this.cells;
    if (this.kind === 'mark') {
      const rank = (word) => Math.max(...ORDERS.map((order) => order.indexOf(word)));
      return this.cells.map((cell) => rank(this.data.words[cell]));
    }
    const ranks = search.ranks();
    // A list goes by its first word.
    return this.cells.map((cell) => (this.isList ? ranks[this.data.lists[cell][0] ?? 0] : ranks[cell]));
  }
}

/** A table of the page. */
class TableView {
  constructor(table, data, search) {
    Object.assign(this, table);
    this.search = search;
    this.columns = table.columns.map((column) => new ColumnView(column, data));
    this.shown = this.columns.filter((column) => column.width > 0);
    this.length = table.rows;
    // What tells the rows apart opens their details.
    this.opener = this.shown.find((column) => table.key.includes(column.id) && !column.choice) || this.shown[0];
  }

  column(id) {
    return this.columns.find((column) => column.id === id);
  }

  /** What the address of a row names it by. */
  keyOf(row) {
    return this.key.map((id) => this.column(id).text(row)).join(' ');
  }

  /** The row with this name. */
  find(key) {
    for (let row = 0; row < this.length; row += 1) if (this.keyOf(row) === key) return row;
    return undefined;
  }

  /** The rows that have every part of a search and every chosen value. */
  filter(parts, choices) {
    const chosen = choices.map(([id, value]) => [this.column(id), value]).filter(([column]) => column !== undefined);
    const rows = [];
    for (let row = 0; row < this.length; row += 1) {
      const found = parts.every((part) => this.columns.some((column) => column.fits(row, part)));
      if (found && chosen.every(([column, value]) => column.values(row).includes(value))) rows.push(row);
    }
    return rows;
  }

  /** The same rows by a column; equal ones stay as they are. */
  sort(rows, id, down) {
    const column = this.column(id);
    if (!column) return rows;
    const keys = column.keys(this.search);
    const sign = down ? -1 : 1;
    return rows.slice().sort((a, b) => sign * (keys[a] - keys[b]) || a - b);
  }

  csv(rows) {
    const lines = rows.map((row) => csvRow(this.columns.map((column) => column.text(row))));
    return [csvRow(this.columns.map((column) => column.title)), ...lines, ''].join('\r\n');
  }
}
