// How many seconds after it is opened each input of the lab has turned its codes on the stage, with everything at its default:
// npm run build && npx tsx --conditions=source bench/browser/presets.ts [PRESET ...]
import { presetDefaults } from '../../src/web/lab/presets.js';
import { openBrowser } from '../../test/support/site.js';
import { serveBuilt } from './serve.js';

/** A code has turned where its correlation with its start is below this. */
const LOST = 0.5;
const LIMIT_MS = 120_000;
const POLL_MS = 100;

interface Course {
  /** When the first sample, every code for the first time, and all codes at once came below, s; null where they did not. */
  readonly moving: number | null;
  readonly each: number | null;
  readonly together: number | null;
  readonly mover: string;
  readonly clock: number;
  readonly codes: number;
}

const chosen = process.argv.slice(2);
const server = await serveBuilt();
const browser = await openBrowser();
try {
  for (const preset of Object.keys(presetDefaults)) {
    if (chosen.length > 0 && !chosen.includes(preset)) continue;
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${server.url}#preset=${preset}`, { waitUntil: 'commit' });
    const { moving, each, together, mover, clock, codes } = await page.evaluate<Course>(`new Promise((resolve) => {
      const lost = new Set();
      let moving = null;
      let each = null;
      const seconds = () => performance.now() / 1000;
      const read = () => {
        const stage = document.querySelector('.stage');
        const correlations = (stage?.dataset.correlations ?? '').split(' ').filter((text) => text !== '').map(Number);
        const isThere = correlations.length > 0;
        if (isThere) moving ??= seconds();
        correlations.forEach((value, k) => void (value < ${LOST} && lost.add(k)));
        if (isThere && lost.size === correlations.length) each ??= seconds();
        const together = isThere && correlations.every((value) => value < ${LOST}) ? seconds() : null;
        if (together === null && performance.now() < ${LIMIT_MS}) return;
        clearInterval(timer);
        const { mover, clock } = stage.dataset;
        resolve({ moving, each, together, mover, clock: Number(clock), codes: correlations.length });
      };
      const timer = setInterval(read, ${POLL_MS});
    })`);
    const text = (time: number | null): string => (time === null ? 'never' : `${time.toFixed(1)} s`);
    console.log(
      `${preset}: ${codes} codes, first sample after ${text(moving)}, each below ${LOST} once after ${text(each)}, ` +
        `all at once after ${text(together)}; ${clock.toPrecision(2)} steps, by the ${mover}`,
    );
    await page.context().close();
  }
} finally {
  await browser.close();
  server.close();
}
