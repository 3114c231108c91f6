// The lab in Chromium against the command line with the WebAssembly kernel, in alternating turns with as many workers; then
// the frames, the memory and the latency of the page over 100 changes of the input while it simulates; and how long the
// theory of digits with a graded task takes:
// npm run build && npx tsx --conditions=source bench/browser/lab.ts [SECONDS]
import { availableParallelism } from 'node:os';
import type { RunReport } from '../../src/experiment/index.js';
import { temporaryFile } from '../../test/support/directory.js';
import { meanderJson } from '../../test/support/meander.js';
import { openBrowser } from '../../test/support/site.js';
import { framesOf, quantile } from './frames.js';
import { serveBuilt } from './serve.js';

const ROUNDS = 7;
const TURN_MS = 10_000;
/** Networks that the page simulates. */
const REPLICAS = 256;
const FRAMES_MS = 5000;
/** Changes of the input, and how many of them the memory is read after. */
const CHANGES = 100;
const CHANGES_A_READING = 10;
const seconds = Number(process.argv[2] ?? 60);

const server = await serveBuilt();
const { url } = server;
const browser = await openBrowser();
const wait = (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time));
try {
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  await page.goto(`${url}#preset=frequency&replicas=${REPLICAS}&pace=network`);
  await page.locator('.status[data-phase=running]').waitFor();
  await wait(TURN_MS);
  await page.getByRole('button', { name: 'Copy as experiment file' }).click();
  const text = await page.evaluate<string>('navigator.clipboard.readText()');
  const file = temporaryFile('lab.yaml', text.replace(/"duration":\d+/, '"duration":750000'));
  const pauseOrStart = page.locator('.transport .main-button');
  const pause = async (): Promise<void> => {
    await pauseOrStart.click();
    await page.locator('.status[data-phase=paused]').waitFor();
  };
  await pause();
  /** Steps of all networks together in a second, as the page counts them. */
  const turn = async (): Promise<number> => {
    await pauseOrStart.click();
    await wait(TURN_MS);
    const shown = await page.locator('.transport').textContent();
    await pause();
    return 1e6 * Number(/([\d.]+) M steps\/s/.exec(shown ?? '')?.[1]);
  };
  const ratios: { readonly inSight: number[]; readonly outOfSight: number[] } = { inSight: [], outOfSight: [] };
  for (let round = 0; round < ROUNDS; round++) {
    const inSight = await turn();
    const { points } = await meanderJson<RunReport>(['run', file, '--timing']);
    const onCommandLine = points[0].steps / (points[0].seconds ?? NaN);
    await page.evaluate('scrollTo(0, document.body.scrollHeight)');
    const outOfSight = await turn();
    await page.evaluate('scrollTo(0, 0)');
    ratios.inSight.push(inSight / onCommandLine);
    ratios.outOfSight.push(outOfSight / onCommandLine);
  }
  for (const [where, own] of [
    ['in sight', ratios.inSight],
    ['out of sight', ratios.outOfSight],
  ] as const) {
    own.sort((a, b) => a - b);
    console.log(
      `${availableParallelism()} workers each, the stage ${where}: page / command line ` +
        `${own[Math.floor(ROUNDS / 2)].toFixed(2)} (${own[0].toFixed(2)} - ${own[ROUNDS - 1].toFixed(2)})`,
    );
  }
  const reportFrames = async (what: string): Promise<void> => {
    await wait(FRAMES_MS);
    const { intervals, work } = await framesOf(browser, page, FRAMES_MS);
    const quantiles = (values: readonly number[]): string =>
      `median ${quantile(values, 0.5).toFixed(1)}, 95% below ${quantile(values, 0.95).toFixed(1)} ms`;
    console.log(
      `${what}: ${((1000 * intervals.length) / FRAMES_MS).toFixed(0)} frames a second ` +
        `(between frames ${quantiles(intervals)}); processor time of the main thread in a frame ${quantiles(work)}`,
    );
  };
  await pauseOrStart.click();
  await reportFrames('simulating');
  const devtools = await context.newCDPSession(page);
  const heap = async (): Promise<number> => {
    await devtools.send('HeapProfiler.collectGarbage');
    return (await devtools.send('Runtime.getHeapUsage')).usedSize / 2 ** 20;
  };
  const latencies: number[] = [];
  const heaps = [await heap()];
  for (let k = 1; k <= CHANGES; k++) {
    await wait((1000 * seconds) / CHANGES);
    // From the choice to the second frame after it, when the page has responded.
    const latency = await page.evaluate<number>(`new Promise((resolve) => {
      const began = performance.now();
      const inputs = document.querySelector('#preset');
      inputs.selectedIndex = ${k} % inputs.options.length;
      inputs.dispatchEvent(new Event('change', { bubbles: true }));
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - began)));
    })`);
    latencies.push(latency);
    if (k % CHANGES_A_READING === 0) heaps.push(await heap());
  }
  console.log(
    `memory of the page over ${seconds} s and ${CHANGES} changes: ${heaps.map((size) => size.toFixed(1)).join(', ')} MB`,
  );
  const latency = (part: number): string => quantile(latencies, part).toFixed(0);
  console.log(`from a choice to the second frame after it: median ${latency(0.5)} ms, 95% below ${latency(0.95)} ms`);
  await page.close();
  const digits = await context.newPage();
  const began = performance.now();
  await digits.goto(`${url}#preset=digits&target=graded`);
  const after = (): string => `${((performance.now() - began) / 1000).toFixed(1)} s`;
  await digits.getByText('only the limit of stability is not known yet').waitFor({ timeout: 120_000 });
  const answer = after();
  await digits.locator('main[aria-busy=false]').waitFor({ timeout: 120_000 });
  console.log(`digits, graded task: the theory after ${answer}, the limit of stability after ${after()}`);
} finally {
  await browser.close();
  server.close();
}
