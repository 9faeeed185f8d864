// Opens pages in Chromium and does with them what people do. Called by `mod.rs` with a file of jobs:
// { modules: folder of node_modules, work: a folder to write to, pages: [{ kind, name, file, … }] }.
// `kind` names a module of `kinds/`; a further kind of page is a further file there. Prints each fault on a line; none is success.
'use strict';
const fs = require('fs');
const path = require('path');

const jobs = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const { chromium } = require(path.join(jobs.modules, 'playwright-core'));
const AXE = fs.readFileSync(path.join(jobs.modules, 'axe-core/axe.min.js'), 'utf8');
const faults = [];

/** What is wrong with a page is said with its name, and the others are still looked at. */
function toolsOf(job, page) {
  const fault = (text) => faults.push(`${job.name}: ${text}`);
  const is = (real, expected, what) => {
    if (JSON.stringify(real) !== JSON.stringify(expected)) {
      fault(`${what}: ${JSON.stringify(real)} and not ${JSON.stringify(expected)}`);
    }
  };
  const holds = (truth, what) => { if (!truth) fault(what); };
  /** No violation of the rules of accessibility, in light and in dark. */
  const axe = async (what, seen = page) => {
    for (const colorScheme of ['light', 'dark']) {
      await seen.emulateMedia({ colorScheme });
      if (!await seen.evaluate('typeof axe === "object"')) await seen.evaluate(AXE);
      // The dark page differs in its colours only.
      const rules = colorScheme === 'dark' ? { runOnly: ['color-contrast'] } : {};
      const found = await seen.evaluate((only) => axe.run(document, { resultTypes: ['violations'], ...only }), rules);
      for (const violation of found.violations) {
        const nodes = violation.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ');
        fault(`${what}, ${colorScheme}: ${violation.id}: ${violation.help}: ${nodes}`);
      }
    }
    await seen.emulateMedia({ colorScheme: 'light' });
  };
  /** The text of the file that something lets the reader save. */
  const saved = async (act) => {
    const [download] = await Promise.all([page.waitForEvent('download', { timeout: 60000 }), act()]);
    return { name: download.suggestedFilename(), text: fs.readFileSync(await download.path(), 'utf8') };
  };
  const work = (name) => path.join(jobs.work, `${job.name.replace(/\W+/g, '-')}-${name}`);
  return { fault, is, holds, axe, saved, work };
}

async function look(browser, job) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true, permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  const tools = toolsOf(job, page);
  const address = `file://${job.file}`;
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) tools.fault(`the console says: ${message.text()}`); });
  page.on('pageerror', (error) => tools.fault(`the script fails: ${error.stack || `${error.name}: ${error.message}`}`));
  page.on('requestfailed', (request) => tools.fault(`a request failed: ${request.url()}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(address) && !request.url().startsWith('blob:')) tools.fault(`a request leaves the page: ${request.url()}`);
  });
  await page.exposeBinding('policyViolation', (_, text) => tools.fault(`the policy was violated: ${text}`));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => window.policyViolation(`${event.violatedDirective} ${event.blockedURI}`));
    // All pages of a browser share one clipboard, so what a page writes to it is kept beside it.
    if (!navigator.clipboard) return;
    const write = navigator.clipboard.writeText.bind(navigator.clipboard);
    navigator.clipboard.writeText = (text) => { window.copied = text; return write(text); };
  });
  page.setDefaultTimeout(60000);
  try {
    await page.goto(address);
    await require(`./kinds/${job.kind}.js`)({ page, job, address, context, ...tools });
  } catch (error) {
    tools.fault(error.stack);
  }
  await context.close();
}

(async () => {
  // Root needs `--no-sandbox`; what is opened was built by the test itself.
  const browser = await chromium.launch({ executablePath: jobs.browser, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  const waiting = jobs.pages.slice();
  const worker = async () => {
    for (let job = waiting.shift(); job; job = waiting.shift()) {
      const begun = Date.now();
      await look(browser, job);
      process.stdout.write(`${job.name}: ${Date.now() - begun} ms\n`);
    }
  };
  await Promise.all([worker(), worker(), worker()]);
  await browser.close();
  faults.forEach((fault) => process.stderr.write(`${fault}\n`));
  process.exit(faults.length === 0 ? 0 : 1);
})().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(2);
});
