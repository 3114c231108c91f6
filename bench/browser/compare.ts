// The kernel in a page of Chromium against the kernel in Node, in alternating turns of one thread each:
// npx tsx --conditions=source bench/browser/compare.ts
import { loadKernel } from '#kernel/node';
import { fileURLToPath } from 'node:url';
import { openBrowser, serveSite } from '../../test/support/site.js';
import { kernelTurns, sizes } from './turns.js';

const ROUNDS = 400;
/** Rounds at the beginning, in which the engines still compile. */
const WARM_UP = 20;

const site = await serveSite(fileURLToPath(new URL('.', import.meta.url)));
const browser = await openBrowser();
try {
  const page = await browser.newPage();
  await page.goto(site.url);
  await page.waitForFunction(() => 'turn' in globalThis);
  const node = kernelTurns(await loadKernel());
  const inPage = (size: number): Promise<number> =>
    page.evaluate((which) => (globalThis as unknown as { turn: (size: number) => number }).turn(which), size);
  for (const [size, { n, p }] of sizes.entries()) {
    let [bestNode, bestPage] = [0, 0];
    const ratios: number[] = [];
    for (let round = -WARM_UP; round < ROUNDS; round++) {
      const [nodeSpeed, pageSpeed] = [node[size](), await inPage(size)];
      if (round < 0) continue;
      bestNode = Math.max(bestNode, nodeSpeed);
      bestPage = Math.max(bestPage, pageSpeed);
      ratios.push(pageSpeed / nodeSpeed);
    }
    ratios.sort((a, b) => a - b);
    const [low, median, high] = [0.25, 0.5, 0.75].map((part) => ratios[Math.floor(part * ROUNDS)].toFixed(2));
    console.log(
      `n = m = ${n}, p = ${p}: page / Node ${median} (${low} - ${high}); best of the rounds, million replica-steps per ` +
        `second: Node ${bestNode.toPrecision(3)}, page ${bestPage.toPrecision(3)}`,
    );
  }
} finally {
  await browser.close();
  await site.close();
}
