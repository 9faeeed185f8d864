// What is done, by whom and when: kept by the browser, and as a file.

/** Pages opened from disk share one store, so the key names this runbook and the form of what is kept. */
const STORE = `ocstopo runbook 1: ${DATA.organization}: ${DATA.product}`;
const FORMAT = 'ocstopo runbook progress';

/** The longest text that is taken from a file. */
const LONGEST = 200;

function shortText(value) {
  return typeof value === 'string' ? value.slice(0, LONGEST) : '';
}

/** The progress that a stranger's text says, or nothing: `{ initials, steps: { id: { done, at, by, tasks } } }`. */
function progressOf(text) {
  let read;
  try {
    read = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof read !== 'object' || read === null || read.format !== FORMAT || read.version !== 1) return undefined;
  if (read.organization !== DATA.organization || typeof read.steps !== 'object' || read.steps === null) return undefined;
  const steps = new Map();
  for (const [id, step] of Object.entries(read.steps)) {
    if (typeof step !== 'object' || step === null) continue;
    const tasks = Array.isArray(step.tasks) ? step.tasks.filter((task) => typeof task === 'string') : [];
    steps.set(id, { done: step.done === true, at: shortText(step.at), by: shortText(step.by), tasks: new Set(tasks) });
  }
  return { initials: shortText(read.initials), steps };
}

class Progress {
  constructor() {
    this.initials = '';
    this.steps = new Map();
    this.isKept = true;
    this.load();
  }

  load() {
    try {
      const kept = localStorage.getItem(STORE);
      if (kept !== null) Object.assign(this, progressOf(kept));
    } catch {
      this.isKept = false;
    }
  }

  /** As a file and as it is kept. Steps that this runbook does not have stay: an earlier one had them. */
  text() {
    const steps = {};
    for (const [id, step] of Array.from(this.steps).sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (step.done || step.at || step.by || step.tasks.size > 0) steps[id] = { ...step, tasks: Array.from(step.tasks).sort() };
    }
    const { organization, product } = DATA;
    return `${JSON.stringify({ format: FORMAT, version: 1, organization, product, initials: this.initials, steps }, null, 1)}\n`;
  }

  keep() {
    try {
      localStorage.setItem(STORE, this.text());
      this.isKept = true;
    } catch {
      this.isKept = false;
    }
  }

  of(id) {
    if (!this.steps.has(id)) this.steps.set(id, { done: false, at: '', by: '', tasks: new Set() });
    return this.steps.get(id);
  }

  isDone(id) {
    return this.steps.has(id) && this.steps.get(id).done;
  }

  /** Puts what another says together with this: what is done in either is done. Says how many steps that changed. */
  merge(other) {
    let changed = 0;
    for (const [id, step] of other.steps) {
      const own = this.of(id);
      const before = JSON.stringify({ ...own, tasks: own.tasks.size });
      if (step.done && !own.done) Object.assign(own, { done: true, at: step.at, by: step.by });
      step.tasks.forEach((task) => own.tasks.add(task));
      if (JSON.stringify({ ...own, tasks: own.tasks.size }) !== before) changed += 1;
    }
    return changed;
  }
}
