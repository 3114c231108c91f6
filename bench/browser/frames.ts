import type { Browser, Page } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Start, duration, and processor time, microseconds. */
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** For each frame the time to the next one and the processor time of the main thread, ms. */
interface Frames {
  readonly intervals: readonly number[];
  readonly work: readonly number[];
}

const CATEGORIES = ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'];

/** Requests frames without a pause for a time, ms, and reads from a trace what the main thread did. */
export async function framesOf(browser: Browser, page: Page, milliseconds: number): Promise<Frames> {
  await browser.startTracing(page, { categories: CATEGORIES });
  await page.evaluate(`new Promise((resolve) => {
    const end = performance.now() + ${milliseconds};
    const frame = () => (performance.now() < end ? requestAnimationFrame(frame) : resolve());
    requestAnimationFrame(frame);
  })`);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  // Of the threads that make frames, the main thread of the page makes most.
  const counts = new Map<string, number[]>();
  for (const { name, pid, tid, ts } of traceEvents) {
    if (name === 'FireAnimationFrame') counts.set(`${pid}:${tid}`, [...(counts.get(`${pid}:${tid}`) ?? []), ts]);
  }
  const [thread, starts] = [...counts].sort(([, a], [, b]) => b.length - a.length)[0];
  // Several callbacks may belong to one frame: they follow each other within 2 ms.
  const begins = starts.sort((a, b) => a - b).filter((ts, k) => k === 0 || ts - starts[k - 1] > 2000);
  const tasks = traceEvents.filter(
    ({ name, ph, pid, tid }) => ph === 'X' && `${pid}:${tid}` === thread && name.endsWith('RunTask'),
  );
  const work = begins
    .slice(1)
    .map(
      (end, k) =>
        tasks
          .filter(({ ts }) => ts >= begins[k] - 1000 && ts < end - 1000)
          .reduce((sum, { tdur, dur }) => sum + (tdur ?? dur ?? 0), 0) / 1000,
    );
  return { intervals: begins.slice(1).map((end, k) => (end - begins[k]) / 1000), work };
}

/** The value below which this fraction of the values lies. */
export function quantile(values: readonly number[], fraction: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(fraction * sorted.length))];
}
