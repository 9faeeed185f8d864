// Pictures in a page, in two fonts of different width: each text is in its picture and in its box, and on no other text.
'use strict';

const FONTS = { Liberation: ['Liberation Sans', 'Liberation Mono'], DejaVu: ['DejaVu Sans', 'DejaVu Sans Mono'] };

module.exports = async ({ page, job, holds, fault, axe }) => {
  if (job.judged) await axe('pictures');
  for (const [name, [sans, fixed]] of Object.entries(FONTS)) {
    await page.addStyleTag({ content: `.ocs-diagram, .ocs-diagram text { font-family: "${sans}" } .ocs-diagram text.code { font-family: "${fixed}" }` });
    const found = await page.evaluate(() => {
      const faults = [];
      const within = (inner, outer) => inner.left >= outer.left - 0.5 && inner.right <= outer.right + 0.5 && inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
      let measured = 0;
      for (const picture of document.querySelectorAll('svg.ocs-diagram')) {
        const title = picture.querySelector('title').textContent;
        const whole = picture.getBoundingClientRect();
        const texts = [...picture.querySelectorAll('text')].map((text) => ({ said: text.textContent, box: text.getBoundingClientRect(), of: text.closest('g[class^="b-"]') }));
        measured += texts.length;
        for (const { said, box, of } of texts) {
          if (!within(box, whole)) faults.push(`${title}: \`${said}\` is outside`);
          const own = of && of.querySelector('rect').getBoundingClientRect();
          if (own && !within(box, own)) faults.push(`${title}: \`${said}\` is not in its box`);
        }
        texts.sort((a, b) => a.box.top - b.box.top);
        texts.forEach((one, at) => {
          for (const other of texts.slice(at + 1)) {
            if (other.box.top >= one.box.bottom - 1) break;
            if (one.box.left < other.box.right - 0.5 && other.box.left < one.box.right - 0.5) faults.push(`${title}: \`${one.said}\` is on \`${other.said}\``);
          }
        });
      }
      return { faults, measured };
    });
    holds(found.measured > job.fewest, `${found.measured} texts`);
    found.faults.forEach((text) => fault(`${name}: ${text}`));
  }
};
