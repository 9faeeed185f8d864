// `runbook.html`: filters, search, boxes that are still ticked after the page was opened again, progress as a file, copying, paper.
'use strict';
const fs = require('fs');

module.exports = async ({ page, job, address, fault, is, holds, axe, saved, work, context }) => {
  const seen = () => page.$$eval('.step', (all) => all.filter((step) => !step.hidden).map((step) => step.id));
  const listed = () => page.$$eval('.index li', (all) => all.filter((entry) => !entry.hidden && entry.offsetParent !== null).map((entry) => entry.dataset.step));
  const all = await seen();
  holds(all.length > 20, `${all.length} steps`);
  is(await listed(), all, 'the list of steps');
  is(await page.$$eval('.gate', (gates) => gates.length), await page.$$eval('.phase', (phases) => phases.length), 'a stop/go line for each phase');
  const narrow = async () => {
    await page.setViewportSize({ width: 400, height: 800 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > 400) fault(`the page is ${wide} px wide on a screen of 400`);
  };
  if (job.brief) {
    await narrow();
    return;
  }
  // axe-core takes ten seconds for 150 steps, and steps are alike: it judges the page with those of a phase.
  for (const phase of job.whole ? ['1', '5', '12'] : ['1']) {
    const other = await context.newPage();
    await other.goto(`${address}#phase=${phase}`);
    await other.evaluate(() => document.querySelectorAll('[hidden]').forEach((hidden) => hidden.remove()));
    await axe(`phase ${phase}`, other);
    await other.close();
  }
  await page.click('#filters summary');

  // Each filter alone, then all steps again.
  const filtered = await page.evaluate(() => ['team', 'site', 'phase', 'machine', 'state'].map((name) => {
    const select = document.getElementById(name);
    const values = Array.from(select.options, (option) => option.value).filter((value) => value !== '');
    const counts = values.map((value) => {
      select.value = value;
      select.dispatchEvent(new Event('change', { bubbles: true }));
      const shown = steps.filter((step) => !step.card.hidden);
      const fits = (step) => name === 'state' || String(step[name]) === value || (name === 'machine' && step.machines.includes(value));
      const alike = steps.every((step) => step.card.hidden === step.entry.hidden) && shown.every((step) => !step.card.parentElement.hidden);
      return { value, count: shown.length, fits: shown.every(fits) && alike };
    });
    document.getElementById('clear').click();
    return { name, counts, all: steps.every((step) => !step.card.hidden) };
  }));
  for (const { name, counts, all: cleared } of filtered) {
    holds(counts.every(({ count, fits }) => fits && (name === 'state' || count > 0)), `${name} shows other steps: ${JSON.stringify(counts)}`);
    if (['team', 'phase'].includes(name)) is(counts.reduce((sum, { count }) => sum + count, 0), all.length, `steps of each ${name}`);
    holds(cleared, `not all steps are shown after ${name}`);
  }
  await page.selectOption('#team', { index: 1 });
  is(await listed(), await seen(), 'the list of the steps of a team');
  await page.click('#clear');

  // A search, and its address.
  await page.fill('#search', job.search);
  const found = await seen();
  holds(found.length > 0 && found.length < all.length, `the search finds ${found.length} of ${all.length}`);
  const hash = await page.evaluate(() => location.hash);
  await page.goto('about:blank');
  await page.goto(address + hash);
  is(await seen(), found, 'the view of an address');
  await page.click('#clear');

  // Steps that can begin: those that wait for nothing, and after one is done those that waited for it alone.
  await page.selectOption('#state', 'ready');
  const ready = await seen();
  holds(ready.includes(all[0]) && ready.length < all.length, `steps that can begin: ${ready.length}`);
  await page.click('#clear');

  // What is done is still done in a page that is opened anew, in the list too, and is saved to a file.
  await page.fill('#initials', 'kb');
  const card = (id) => `[id="${id}"]`;
  await page.check(`${card(all[0])} .done`);
  is(await page.inputValue(`${card(all[0])} .by`), 'kb', 'the initials of a step');
  holds(/^\d{4}-\d\d-\d\d \d\d:\d\d$/.test(await page.inputValue(`${card(all[0])} .at`)), 'the time of a step');
  await page.check(`.index li[data-step="${all[1]}"] input`);
  const tasks = await page.$(`${card(all[2])} .task`);
  if (tasks) await tasks.check();
  await page.goto('about:blank');
  await page.goto(address);
  const ticked = () => page.$$eval('.step .done', (boxes) => boxes.filter((box) => box.checked).map((box) => box.closest('.step').id));
  is(await ticked(), all.slice(0, 2), 'the ticked steps after the page was opened again');
  is(await page.inputValue('#initials'), 'kb', 'the initials after the page was opened again');
  is(await page.textContent('#done'), `2 of ${all.length} steps`, 'the count');
  if (tasks) holds(await page.isChecked(`${card(all[2])} .task >> nth=0`), 'a task is not ticked any more');
  await page.click('#next');
  is(await page.evaluate(() => document.activeElement.closest('.step').id), all[2], 'the next open step');
  const file = await saved(() => page.click('#export'));
  const said = JSON.parse(file.text);
  is([said.format, said.version, Object.keys(said.steps).filter((id) => said.steps[id].done).sort()], ['ocstopo runbook progress', 1, all.slice(0, 2).sort()], 'the saved progress');

  // The file of another: put together with what is done here. A file of anything else is refused.
  const other = { ...said, steps: { [all[3]]: { done: true, at: '2026-01-01 10:00', by: '<b>x</b>', tasks: [] }, 'XX1.gone': { done: true } } };
  // The browser refuses a file that changes while it is read, so each text has a file of its own.
  const read = async (name, text, answer) => {
    fs.writeFileSync(work(name), text);
    await page.setInputFiles('#file', work(name));
    await page.waitForFunction(([name, answer]) => {
      const said = document.getElementById('storage').textContent;
      return said.includes(name) && said.includes(answer);
    }, [name, answer]);
  };
  await read('other.json', JSON.stringify(other), 'is not in this runbook');
  is(await ticked(), [all[0], all[1], all[3]], 'the ticked steps of both');
  is(await page.inputValue(`${card(all[3])} .by`), '<b>x</b>', 'the initials of another');
  const strange = ['[]', '{"format":"x"}', 'no json', JSON.stringify({ ...said, organization: 'another' })];
  for (const [index, text] of strange.entries()) await read(`bad-${index}.json`, text, 'is not a progress file of this runbook');
  await page.evaluate(() => { File.prototype.text = () => Promise.reject(new DOMException('', 'NotReadableError')); });
  await read('gone.json', '{}', 'cannot be read');
  is(await ticked(), [all[0], all[1], all[3]], 'the ticked steps after bad files');

  // What is copied is what is to be typed, to the letter.
  const lines = await page.$$('pre.typed .line-row');
  holds(lines.length > 0, 'no command can be copied');
  await lines[0].scrollIntoViewIfNeeded();
  const wanted = await (await lines[0].$('.line')).textContent();
  await (await lines[0].$('.copy')).click();
  await page.waitForSelector('.copy >> text=Copied');
  is(await page.evaluate(() => window.copied), wanted, 'the copied command');

  // Paper: all steps in one, the chosen ones in the other; narrow screens.
  if (job.whole) {
    await page.pdf({ path: work('all.pdf'), preferCSSPageSize: true });
    await page.click('#filters summary');
    await page.selectOption('#team', 'dns');
    await page.pdf({ path: work('team.pdf'), preferCSSPageSize: true });
    const sizes = ['all.pdf', 'team.pdf'].map((name) => fs.statSync(work(name)).size);
    holds(sizes[1] > 5000 && sizes[1] < sizes[0] / 2, `the printed pages have ${sizes} bytes`);
    await page.click('#clear');
  } else {
    await page.click('#filters summary');
    await page.selectOption('#team', 'dns');
    await page.pdf({ path: work('team.pdf'), preferCSSPageSize: true });
    holds(fs.statSync(work('team.pdf')).size > 5000, 'nothing is printed');
    await page.click('#clear');
  }
  await narrow();
  for (const text of job.texts || []) holds((await page.textContent('body')).includes(text), `the page does not have ${JSON.stringify(text)}`);
  holds(!await page.evaluate(() => Boolean(window.hostile)), 'a name of the topology was run');

  // Without a script all steps can be read.
  if (job.whole) {
    const still = await context.browser().newContext({ javaScriptEnabled: false });
    const plain = await still.newPage();
    await plain.goto(address);
    is(await plain.locator('.step:visible').count(), all.length, 'the steps without a script');
    await still.close();
  }
};
