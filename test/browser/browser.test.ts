import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/experiment/index.js';
import { meander, root } from '../meander.js';
import { inDirectory } from '../support/directory.js';
import { openBrowser, serveSite, type Site } from '../support/site.js';
import { chromiumFile } from '../system-packages.js';
import type { RunAnswer, RunInPage, RunRequest } from './messages.js';

/** Two points of 8 tasks: a Gaussian part and stimuli, label noise, random starts, reduced hidden units. */
const text = `name: page
model:
  hiddenUnits: 8
  input:
    - { weight: 0.3, kind: gaussian, covariance: [1.0, 0.6, 0.5] }
    - kind: dictionary
      stimuli: [[1.1, 0.3, -0.2], [-0.4, 1.2, 0.3], [0.2, -0.6, 1.0], [1.6, 0.9, 0.7]]
      probabilities: [0.4, 0.2, 0.3, 0.1]
  learningRate: 0.06
  weightDecay: 0.1
  labelNoiseVariance: 0.05
probes: stimuli
simulation: { replicas: 30, seed: 3, burnIn: 4000, lag: 200, duration: 60000, start: { random: 0.2 } }
sweep: { model.learningRate: [0.06, 0.04] }
`;

/** Days of work. */
const endless = text.replace('duration: 60000', 'duration: 200000000000');

describe.skipIf(!existsSync(chromiumFile))('in a browser', () => {
  let site: Site;
  let browser: Browser;
  beforeAll(async () => {
    site = await serveSite(join(root, 'test/browser'));
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
  });

  /** Opens the page and runs an experiment in it. */
  async function runInPage(
    request: Partial<RunRequest>,
    prepare?: (page: Page) => Promise<unknown>,
  ): Promise<RunAnswer> {
    const page = await browser.newPage();
    try {
      await prepare?.(page);
      await page.goto(site.url);
      const answer = await page.evaluate((given) => (globalThis as unknown as { meander: RunInPage }).meander(given), {
        name: 'page.yaml',
        text,
        workers: 2,
        ...request,
      });
      // However a run ends, it leaves no worker behind.
      await expect.poll(() => page.workers()).toEqual([]);
      return answer;
    } finally {
      await page.close();
    }
  }

  it('1 and 2 workers give the bytes of the command line, and tell every step', async () => {
    const { stdout } = await inDirectory({ 'page.yaml': text }, (directory) =>
      meander(['run', 'page.yaml', '--json'], directory),
    );
    for (const workers of [1, 2]) {
      const { report, error, total, progress } = await runInPage({ workers });
      expect(error).toBeNull();
      expect(`${report ?? ''}\n`).toBe(stdout);
      expect(progress.at(-1)).toBe(total);
      expect(progress).toEqual([...progress].sort((a, b) => a - b));
    }
  });

  it('stops in the middle of its work with the estimate so far, though page and workers share no memory', async () => {
    const { report, error, progress, total, latency, sharedMemory } = await runInPage({
      text: endless,
      stopAfter: 500,
    });
    expect({ error, sharedMemory }).toEqual({ error: null, sharedMemory: false });
    const { complete, points } = JSON.parse(report ?? '') as RunReport;
    expect({ complete, points: points.length }).toEqual({ complete: false, points: 1 });
    expect(progress.at(-1)).toBeLessThan(0.01 * total);
    // Commonly under 50 ms; the bound is for a machine that is busy with something else.
    console.log(`the run in the page ended ${(latency ?? NaN).toFixed(0)} ms after it was stopped`);
    expect(latency).toBeLessThan(2000);
  });

  it('compiles the kernel from a server that does not know its type', async () => {
    const { report, error } = await runInPage({}, (page) =>
      page.route('**/*.wasm', async (route) => {
        await route.fulfill({ response: await route.fetch(), contentType: 'application/octet-stream' });
      }),
    );
    expect(error).toBeNull();
    expect(report).toContain('"complete":true');
  });

  it('says so when the kernel cannot be had', async () => {
    const { error } = await runInPage({}, (page) => page.route('**/*.wasm', (route) => route.fulfill({ status: 404 })));
    expect(error).toMatch(/^the simulation kernel http\S+\.wasm cannot be loaded: the server answers 404/);
  });

  it('says so when the kernel is not WebAssembly', async () => {
    const { error } = await runInPage({}, (page) =>
      page.route('**/*.wasm', (route) => route.fulfill({ body: '<!doctype html>', contentType: 'text/html' })),
    );
    expect(error).toMatch(/^the simulation kernel http\S+\.wasm cannot be loaded: WebAssembly/);
  });

  it('says so when the script of the workers cannot be loaded', async () => {
    const { error } = await runInPage({}, (page) => page.route('**/worker*.js', (route) => route.abort()));
    expect(error).toBe('the script of the simulation workers cannot be loaded');
  });

  it('ends with one error when a worker fails, though the other has days of work', async () => {
    let workers = 0;
    const { error } = await runInPage({ text: endless }, (page) =>
      page.route('**/worker*.js', async (route) => {
        const response = await route.fetch();
        const failing = "self.addEventListener('message', () => { throw new Error('out of order'); });";
        await route.fulfill({ response, body: `${workers++ === 0 ? failing : ''}${await response.text()}` });
      }),
    );
    expect(error).toBe('a simulation worker failed: Uncaught Error: out of order');
    expect(workers).toBe(2);
  });

  it('says what is wrong with an experiment as the command line does', async () => {
    const { error } = await runInPage({ text: text.replace('[0.06, 0.04]', '[0.06, 0.3]') });
    expect(error).toBe(
      'page.yaml:14:37: sweep.model.learningRate[1]: the simulation diverged; give a smaller learningRate',
    );
  });
});
