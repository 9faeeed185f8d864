// The runbook: boxes and initials, filters, search, a button for each command, and paper.

const byId = (id) => document.getElementById(id);
const progress = new Progress();
const FILTERS = ['team', 'site', 'phase', 'machine', 'state', 'search'];

/** The steps of the page, each with its element, its place in the list and its text for the search. */
const steps = Array.from(document.querySelectorAll('.step'), (card) => ({
  id: card.id,
  card,
  ...DATA.steps[card.id],
  entry: undefined,
  done: card.querySelector('.done'),
  at: card.querySelector('.at'),
  by: card.querySelector('.by'),
  tasks: Array.from(card.querySelectorAll('.task'), (box) => ({ box, text: box.parentElement.textContent.trim() })),
  text: card.textContent.toLowerCase(),
}));
const stepOf = new Map(steps.map((step) => [step.id, step]));
const rows = Map.groupBy ? Map.groupBy(steps, (step) => step.row) : steps.reduce((all, step) => all.set(step.row, [...(all.get(step.row) || []), step]), new Map());
for (const entry of document.querySelectorAll('.index li')) {
  const step = stepOf.get(entry.dataset.step);
  if (step) step.entry = entry;
}

/** The steps that must be done before a step. */
function before(step) {
  return step.after.flatMap(([row, first, last]) => (rows.get(row) || []).filter((other) => other.number >= first && other.number <= last));
}

function now() {
  const time = new Date();
  const two = (number) => String(number).padStart(2, '0');
  return `${today()} ${two(time.getHours())}:${two(time.getMinutes())}`;
}

/** Shows what is done in all places that say so. */
function showProgress() {
  byId('initials').value = progress.initials;
  let done = 0;
  for (const step of steps) {
    const kept = progress.steps.get(step.id) || { done: false, at: '', by: '', tasks: new Set() };
    done += kept.done ? 1 : 0;
    step.done.checked = kept.done;
    step.at.value = kept.at;
    step.by.value = kept.by;
    step.tasks.forEach((task) => { task.box.checked = kept.tasks.has(task.text); });
    step.card.classList.toggle('is-done', kept.done);
    step.entry.classList.toggle('is-done', kept.done);
    step.entry.querySelector('input').checked = kept.done;
    const open = before(step).filter((other) => !progress.isDone(other.id));
    step.isReady = !kept.done && open.length === 0;
    step.card.querySelector('.waits').textContent = kept.done || open.length === 0 ? ''
      : `waits for ${open.length === 1 ? open[0].id : counted(open.length, 'open step')}`;
  }
  byId('progress').value = done;
  byId('done').textContent = `${done} of ${counted(steps.length, 'step')}`;
  byId('storage').hidden = progress.isKept;
  byId('storage').textContent = progress.isKept ? ''
    : 'This browser keeps nothing for pages from disk: save the progress to a file before you close this page.';
}

function changed() {
  progress.keep();
  showProgress();
  if (['open', 'ready'].includes(byId('state').value)) filter();
}

/** Ticks a step, or takes the tick away. */
function tick(step, isDone) {
  const kept = progress.of(step.id);
  kept.done = isDone;
  kept.at = isDone ? kept.at || now() : '';
  kept.by = isDone ? kept.by || progress.initials : '';
  changed();
}

/** Shows the steps that fit what is chosen, and the phases that have some. */
function filter() {
  const chosen = Object.fromEntries(FILTERS.map((name) => [name, byId(name).value.trim()]));
  const words = chosen.search.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const state = {
    '': () => true,
    open: (step) => !progress.isDone(step.id),
    ready: (step) => step.isReady,
    critical: (step) => step.critical,
    risky: (step) => step.risky,
  }[chosen.state] || (() => true);
  const fits = (step) => (!chosen.team || step.team === chosen.team)
    && (!chosen.site || step.site === chosen.site)
    && (!chosen.phase || String(step.phase) === chosen.phase)
    && (!chosen.machine || step.machines.includes(chosen.machine))
    && state(step) && words.every((word) => step.text.includes(word));
  const seen = new Set();
  let count = 0;
  for (const step of steps) {
    const is = fits(step);
    step.card.hidden = !is;
    step.entry.hidden = !is;
    if (is) {
      seen.add(String(step.phase));
      count += 1;
    }
  }
  const isFiltered = FILTERS.some((name) => chosen[name] !== '');
  for (const phase of document.querySelectorAll('.phase, .index-phase')) phase.hidden = isFiltered && !seen.has(phase.dataset.phase);
  for (const gate of document.querySelectorAll('.gate')) gate.hidden = isFiltered && !(chosen.phase && FILTERS.every((name) => name === 'phase' || chosen[name] === ''));
  for (const name of FILTERS) byId(name).classList.toggle('set', chosen[name] !== '');
  byId('intro').hidden = isFiltered;
  byId('teams').hidden = isFiltered;
  byId('servers').hidden = isFiltered;
  byId('clear').disabled = !isFiltered;
  byId('shown').textContent = isFiltered ? `${count} of ${counted(steps.length, 'step')} shown` : '';
  byId('print-note').textContent = isFiltered
    ? `${count} of ${counted(steps.length, 'step')}: ${FILTERS.filter((name) => chosen[name]).map((name) => `${name} ${chosen[name]}`).join(', ')}` : '';
  const variables = new URLSearchParams(FILTERS.filter((name) => chosen[name]).map((name) => [name, chosen[name]]));
  if (isFiltered || location.hash.includes('=')) setFragment(variables);
}

/** Takes the filter from the address, such as `#team=dns&state=open`. */
function readAddress() {
  if (!location.hash.includes('=')) return;
  const variables = fragment();
  for (const name of FILTERS) byId(name).value = variables.get(name) || '';
  byId('filters').open = true;
}

/** Goes to a step, and shows all steps if it is hidden. What comes into view on the way may be higher than was thought. */
function goTo(step) {
  if (step.card.hidden) showAll();
  let left = 5;
  const scroll = () => {
    step.card.scrollIntoView({ block: 'start' });
    left -= 1;
    if (left > 0) requestAnimationFrame(scroll);
  };
  scroll();
  step.done.focus({ preventScroll: true });
}

/** Goes to the step that the address names, such as `#EE2.redmond.pool01`. */
function goToAddress() {
  const hash = location.hash.slice(1);
  const step = steps.find((one) => one.id === hash || encodeURI(one.id) === hash);
  if (step) goTo(step);
}

function showAll() {
  FILTERS.forEach((name) => { byId(name).value = ''; });
  filter();
}

/** What is copied of a line: of a value such as `Share: \\fs01\ocs`, what is to be typed. */
function typed(line, block) {
  const value = block.classList.contains('values') && /^[^:\\]+:\s+(\S.*)$/.exec(line);
  return value ? value[1] : line;
}

function addCopyButtons() {
  for (const block of document.querySelectorAll('pre')) {
    for (const line of Array.from(block.querySelectorAll('.line'))) {
      const button = element('button', { type: 'button', class: 'copy', onclick: () => copy(typed(line.textContent, block), button, line) }, 'Copy');
      const row = element('span', { class: 'line-row' });
      line.replaceWith(row);
      row.append(line, button);
    }
  }
}

/** The steps that a step waits for, as links. */
function addLinks() {
  for (const code of document.querySelectorAll('.after code')) {
    if (stepOf.has(code.textContent)) {
      const link = element('a', { href: `#${code.textContent}` });
      code.replaceWith(link);
      link.append(code);
    }
  }
}

async function readFile(file) {
  const said = byId('storage');
  let text;
  try {
    text = await file.text();
  } catch {
    // The file was removed, changed or locked after the reader chose it.
    said.hidden = false;
    said.textContent = `“${file.name}” cannot be read. Choose it again.`;
    return;
  }
  const other = progressOf(text);
  said.hidden = false;
  if (!other) {
    said.textContent = `“${file.name}” is not a progress file of this runbook.`;
    return;
  }
  const count = progress.merge(other);
  const unknown = Array.from(other.steps.keys()).filter((id) => !stepOf.has(id)).length;
  if (!progress.initials) progress.initials = other.initials;
  changed();
  said.hidden = false;
  said.textContent = `${counted(count, 'step')} changed by “${file.name}”.${unknown > 0 ? ` ${counted(unknown, 'step')} of it ${unknown === 1 ? 'is' : 'are'} not in this runbook.` : ''}`;
}

/** Marks in the list the step that is read. */
function watchSteps() {
  const inView = new Set();
  const watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) inView.add(target);
      else inView.delete(target);
    }
    const first = steps.find((step) => inView.has(step.card));
    for (const step of steps) {
      if (step === first) step.entry.setAttribute('aria-current', 'location');
      else step.entry.removeAttribute('aria-current');
    }
    const list = byId('index');
    if (first && list.scrollHeight > list.clientHeight + 20 && getComputedStyle(list).overflowY === 'auto') {
      const [top, own] = [list.getBoundingClientRect(), first.entry.getBoundingClientRect()];
      if (own.top < top.top || own.bottom > top.bottom) list.scrollTop += own.top - top.top - top.height / 3;
    }
  }, { rootMargin: '-25% 0px -60% 0px' });
  steps.forEach((step) => watcher.observe(step.card));
}

function start() {
  addCopyButtons();
  addLinks();
  byId('main').prepend(element('p', { class: 'print-note', id: 'print-note' }));
  for (const step of steps) {
    step.done.addEventListener('change', () => tick(step, step.done.checked));
    step.entry.querySelector('input').addEventListener('change', (event) => tick(step, event.target.checked));
    for (const name of ['at', 'by']) {
      step[name].addEventListener('change', () => {
        progress.of(step.id)[name] = step[name].value.trim();
        changed();
      });
    }
    for (const task of step.tasks) {
      task.box.addEventListener('change', () => {
        const { tasks } = progress.of(step.id);
        if (task.box.checked) tasks.add(task.text);
        else tasks.delete(task.text);
        changed();
      });
    }
  }
  byId('initials').addEventListener('change', () => {
    progress.initials = byId('initials').value.trim();
    progress.keep();
  });
  for (const name of FILTERS) byId(name).addEventListener(name === 'search' ? 'input' : 'change', filter);
  byId('clear').addEventListener('click', showAll);
  byId('next').addEventListener('click', () => {
    const open = steps.find((step) => !step.card.hidden && !progress.isDone(step.id));
    if (open) goTo(open);
  });
  byId('export').addEventListener('click', () => {
    save(`${DATA.organization}-runbook-progress.json`.replace(/[^\w.-]+/g, '_'), 'application/json', progress.text());
  });
  byId('import').addEventListener('click', () => byId('file').click());
  byId('file').addEventListener('change', async () => {
    const file = byId('file').files[0];
    if (file) await readFile(file);
    byId('file').value = '';
  });
  byId('tools').addEventListener('submit', (event) => event.preventDefault());
  byId('tools').hidden = false;
  addEventListener('beforeunload', (event) => {
    if (!progress.isKept) event.preventDefault();
  });
  addEventListener('storage', (event) => {
    if (event.key !== STORE) return;
    progress.load();
    showProgress();
  });
  addEventListener('hashchange', () => {
    if (location.hash.includes('=')) {
      readAddress();
      filter();
    } else {
      goToAddress();
    }
  });
  // Steps that the address names must be seen below the tools.
  const measure = () => document.documentElement.style.setProperty('--tools', getComputedStyle(byId('tools')).position === 'sticky' ? `${byId('tools').offsetHeight}px` : '0px');
  new ResizeObserver(measure).observe(byId('tools'));
  const closed = [];
  addEventListener('beforeprint', () => {
    for (const details of document.querySelectorAll('main details:not([open]), #index:not([open])')) {
      details.open = true;
      closed.push(details);
    }
  });
  addEventListener('afterprint', () => closed.splice(0).forEach((details) => { details.open = false; }));
  if (innerWidth <= 900) byId('index').open = false;
  showProgress();
  readAddress();
  filter();
  watchSteps();
  goToAddress();
}

if (steps.length > 0) start();
