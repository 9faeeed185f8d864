// `runbook.html` of a runbook with more steps than a page should hold: phases, teams, what must be true after each phase, and where the steps are.
'use strict';

module.exports = async ({ page, fault, is, holds, axe }) => {
  is(await page.$$eval('.step', (steps) => steps.length), 0, 'the steps of an outline');
  const phases = await page.$$eval('.phase', (all) => all.map((phase) => phase.id));
  holds(phases.length > 10, `${phases.length} phases`);
  is(await page.$$eval('.index-phase a', (links) => links.map((link) => link.hash.slice(1))), phases, 'the list of phases');
  is(await page.$$eval('.gate', (gates) => gates.length), phases.length, 'a stop/go line for each phase');
  holds(await page.$$eval('#teams tbody tr', (rows) => rows.length) > 3, 'the teams are not listed');
  for (const file of ['runbook.md', 'teams/', 'tasks.csv', 'runbook.json']) holds((await page.textContent('.warning >> nth=-1')).includes(file), `${file} is not named`);
  // What filters and ticks steps would do nothing here.
  is(await page.$$eval('#tools', (tools) => tools.filter((tool) => !tool.hidden).length), 0, 'the tools for steps');
  await axe('the outline');
  await page.setViewportSize({ width: 400, height: 800 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  if (wide > 400) fault(`the page is ${wide} px wide on a screen of 400`);
};
