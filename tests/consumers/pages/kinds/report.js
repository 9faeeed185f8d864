// `report.html`: each table opens, is searched, chosen from, put in order, exported and printed, and the address says what is seen.
'use strict';
const fs = require('fs');

module.exports = async ({ page, job, address, fault, is, holds, axe, saved, work }) => {
  const status = () => page.textContent('#status');
  const rows = () => page.$$eval('.sheet tbody tr[data-place]', (lines) => lines.length);
  const counts = await page.$$eval('[data-count]', (all) => Object.fromEntries(all.map((one) => [one.dataset.count, Number(one.textContent.replaceAll(',', ''))])));
  is(Object.keys(counts).length, 10, 'tables');
  holds(await page.isVisible('#overview'), 'the overview is not there');
  if (!job.large && !job.brief) await axe('overview');

  for (const [id, count] of Object.entries(counts)) {
    await page.evaluate((tab) => document.querySelector(tab).click(), `#tabs a[data-table=${id}]`);
    is(await page.getAttribute(`#tabs a[data-table=${id}]`, 'aria-current'), 'page', `the tab of ${id}`);
    is(await page.getAttribute('.sheet', 'aria-rowcount'), String(count + 1), `the row count of ${id}`);
    const drawn = await rows();
    holds(drawn === count || (count > 300 && drawn > 20 && drawn < 200), `${id} draws ${drawn} of ${count} rows`);
    if (job.whole) await axe(id);
    // Each row has its own name in the address.
    if (job.whole) is(await page.evaluate((table) => { const view = tables.get(table); return new Set(Array.from({ length: view.length }, (_, row) => view.keyOf(row))).size; }, id), count, `different names of rows in ${id}`);
  }

  // Narrow and with large type nothing is cut off at the side.
  const narrow = async () => {
    await page.setViewportSize({ width: 400, height: 800 });
    for (const id of ['overview', 'rules']) {
      await page.click(`#tabs a[data-table=${id}]`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > 400) fault(`${id} is ${wide} px wide on a screen of 400`);
    }
  };
  if (job.brief) {
    await narrow();
    return;
  }

  // A search goes through all tables and stays in the address.
  await page.click('#tabs a[data-table=names]');
  const word = job.search;
  await page.fill('#search', word);
  await page.waitForFunction((q) => location.hash.includes(`q=${q}`), encodeURIComponent(word));
  const found = await rows();
  holds(found > 0 && found < counts.names, `the search finds ${found} of ${counts.names} names`);
  is(await status(), `${found} of ${counts.names.toLocaleString('en')} row${counts.names === 1 ? '' : 's'}`, 'the status');
  const texts = await page.$$eval('.sheet tbody tr[data-place]', (lines) => lines.map((line) => line.textContent));
  const csv = await saved(() => page.click('#csv'));
  const lines = csv.text.trimEnd().split('\r\n');
  is(lines.length, found + 1, 'lines of the exported table');
  holds(lines.slice(1).every((line) => line.toLowerCase().includes(word)), `an exported row does not have ${word}`);
  holds(csv.name.endsWith('-names.csv'), csv.name);
  // The same address opens the same view.
  const hash = await page.evaluate(() => location.hash);
  await page.goto('about:blank');
  await page.goto(address + hash);
  is(await page.$$eval('.sheet tbody tr[data-place]', (all) => all.map((line) => line.textContent)), texts, 'the view of an address');
  await page.click('#clear');
  is(await page.inputValue('#search'), '', 'the search after all rows are shown');

  // An order, both ways, and a choice.
  await page.click('.sheet th[data-column=name] button');
  is(await page.getAttribute('.sheet th[data-column=name]', 'aria-sort'), 'ascending', 'the order');
  const first = await page.textContent('.sheet tbody tr[data-place="0"] td:nth-child(2)');
  await page.click('.sheet th[data-column=name] button');
  is(await page.getAttribute('.sheet th[data-column=name]', 'aria-sort'), 'descending', 'the order the other way');
  holds(counts.names < 2 || await page.textContent('.sheet tbody tr[data-place="0"] td:nth-child(2)') !== first, 'both orders begin with the same row');
  const types = await page.$$eval('#choice-type option', (options) => options.map((option) => option.value));
  await page.selectOption('#choice-type', types[1]);
  const kinds = await page.$$eval('.sheet tbody tr[data-place] td:nth-child(3)', (cells) => Array.from(new Set(cells.map((cell) => cell.textContent))));
  is(kinds, [types[1]], 'the chosen types');

  // The details of a row, their link, and the way back by keyboard.
  await page.click('#tabs a[data-table=names]');
  await page.focus('.sheet tbody tr[data-place="0"] .open');
  await page.keyboard.press('ArrowDown');
  is(await page.evaluate(() => document.activeElement.closest('tr').dataset.place), '1', 'the row below');
  await page.keyboard.press('Enter');
  holds(await page.isVisible('#details[open]'), 'the details are not there');
  const shown = await page.textContent('#details');
  holds(/Confidence|hands over|name server/.test(shown), `the details say no reason: ${shown}`);
  if (job.whole) await axe('details');
  await page.click('#details >> text=Copy a link to this row');
  await page.waitForSelector('#details >> text=Copied');
  const link = await page.evaluate(() => window.copied);
  is(link, await page.evaluate(() => location.href), 'the copied link');
  await page.keyboard.press('Escape');
  holds(await page.isHidden('#details'), 'Escape does not close the details');
  is(await page.evaluate(() => document.activeElement.closest('tr')?.dataset.place), '1', 'the focus after the details');
  await page.goto('about:blank');
  await page.goto(link);
  is(await page.textContent('#details'), shown, 'the details of a link');
  await page.click('#close');

  if (job.large) {
    // Rows come as the reader scrolls, by keyboard too, and never many at once.
    await page.click('#tabs a[data-table=servers]');
    await page.focus('.sheet tbody tr[data-place="0"] .open');
    await page.keyboard.press('End');
    is(await page.evaluate(() => Number(document.activeElement.closest('tr').getAttribute('aria-rowindex'))), counts.servers + 1, 'the last row');
    holds(await rows() < 200, 'all rows are drawn');
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight / 2));
    await page.waitForFunction(() => Array.from(document.querySelectorAll('.sheet tbody tr[data-place]')).some((line) => { const { top } = line.getBoundingClientRect(); return top > 0 && top < innerHeight; }));
    await axe('servers');
  }

  // Paper: the rows of the view, then all tables.
  await page.click('#tabs a[data-table=rules]');
  const before = await rows();
  await page.pdf({ path: work('rules.pdf'), preferCSSPageSize: true });
  holds(fs.statSync(work('rules.pdf')).size > 5000, 'nothing is printed');
  is(await rows(), before, 'the rows after printing');
  if (job.whole) {
    await page.evaluate(() => { window.print = () => {}; });
    await page.click('#tabs a[data-table=overview]');
    await page.click('#print-report');
    const printed = await page.$$eval('main > div section', (sections) => sections.map((section) => section.querySelectorAll('tbody tr').length));
    is(printed, Object.values(counts), 'the printed rows');
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    holds(await page.isVisible('#overview'), 'the overview does not come back after printing');
  }
  await narrow();
  if (job.whole) await axe('narrow');
  for (const text of job.texts || []) {
    await page.fill('#search', '');
    holds(await page.evaluate((wanted) => DATA.words.some((shown) => shown.includes(wanted)), text), `the page does not have ${JSON.stringify(text)}`);
  }
  holds(!await page.evaluate(() => Boolean(window.hostile)), 'a name of the topology was run');
};
