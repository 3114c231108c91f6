import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/experiment/index.js';
import { meander, root } from '../support/meander.js';
import { inDirectory } from '../support/directory.js';
import { inProject } from '../support/project.js';
import { openBrowser, serveInstalled, type Site } from '../support/site.js';
import { chromiumFile } from '../support/system-packages.js';
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

/** Of a page: the types of the browser, none of Node. */
const compilerOptions = {
  strict: true,
  noEmit: true,
  target: 'ES2022',
  module: 'ESNext',
  moduleResolution: 'Bundler',
  lib: ['ES2022', 'DOM'],
  types: [],
};

it('the types of meander-drift/browser check in a project without the types of Node', async () => {
  await inProject(join(root, 'test/browser'), ['page.ts', 'messages.ts'], async (project) => {
    await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['page.ts'] }));
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const { stdout } = await promisify(execFile)(process.execPath, [tsc, '-p', project, '--listFilesOnly']);
    expect(stdout).toContain('/dist/browser.web.d.ts');
    await promisify(execFile)(process.execPath, [tsc, '-p', project]);
  });
});

/** Days of work. */
const endless = text.replace('duration: 60000', 'duration: 200000000000');

describe.skipIf(!existsSync(chromiumFile))('an experiment in a page that imports meander-drift/browser', () => {
  let site: Site;
  let browser: Browser;
  beforeAll(async () => {
    site = await serveInstalled(join(root, 'test/browser'), ['index.html', 'page.ts']);
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
      // A run ends its workers, whether it succeeds or fails.
      await expect.poll(() => page.workers()).toEqual([]);
      return answer;
    } finally {
      await page.close();
    }
  }

  it('has the report of the command line, byte for byte, and reports every step, with 1 and 2 workers', async () => {
    const { stdout } = await inDirectory({ 'page.yaml': text }, (directory) =>
      meander(['run', 'page.yaml', '--json'], directory),
    );
    for (const [workers, preloaded] of [
      [1, true],
      [2, false],
    ] as const) {
      const { report, error, total, progress } = await runInPage({ workers, preloaded });
      expect(error).toBeNull();
      expect(`${report ?? ''}\n`).toBe(stdout);
      expect(progress.at(-1)).toBe(total);
      expect(progress).toEqual([...progress].sort((a, b) => a - b));
    }
  });

  it('ends with the estimate so far when it is stopped, although page and workers share no memory', async () => {
    const { report, error, progress, total, latency, sharedMemory } = await runInPage({
      text: endless,
      stopAfter: 500,
    });
    expect({ error, sharedMemory }).toEqual({ error: null, sharedMemory: false });
    const { complete, points } = JSON.parse(report ?? '') as RunReport;
    expect({ complete, points: points.length }).toEqual({ complete: false, points: 1 });
    expect(progress.at(-1)).toBeLessThan(0.01 * total);
    // Printed, not bounded: it depends on the load of the machine. Usually below 50 ms.
    console.log(`the run in the page ended ${(latency ?? NaN).toFixed(0)} ms after it was stopped`);
  });

  it('runs when the server sends the kernel without its media type', async () => {
    const { report, error } = await runInPage({}, (page) =>
      page.route('**/*.wasm', async (route) => {
        await route.fulfill({ response: await route.fetch(), contentType: 'application/octet-stream' });
      }),
    );
    expect(error).toBeNull();
    expect(report).toContain('"complete":true');
  });

  it('fails with the address and status of the kernel when the server does not have it', async () => {
    const { error } = await runInPage({}, (page) => page.route('**/*.wasm', (route) => route.fulfill({ status: 404 })));
    expect(error).toMatch(/^the simulation kernel http\S+\.wasm cannot be loaded: the server answers 404/);
  });

  it('fails with the address of the kernel when it is not WebAssembly', async () => {
    const { error } = await runInPage({}, (page) =>
      page.route('**/*.wasm', (route) => route.fulfill({ body: '<!doctype html>', contentType: 'text/html' })),
    );
    expect(error).toMatch(/^the simulation kernel http\S+\.wasm cannot be loaded: WebAssembly/);
  });

  it('fails when the script of the workers cannot be loaded', async () => {
    const { error } = await runInPage({}, (page) => page.route('**/worker*.js', (route) => route.abort()));
    expect(error).toBe('the script of the simulation workers cannot be loaded');
  });

  it('fails when one worker does, although the other has days of work', async () => {
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

  it('fails with the place in the experiment file when the experiment is wrong', async () => {
    const { error } = await runInPage({ text: text.replace('[0.06, 0.04]', '[0.06, 0.3]') });
    expect(error).toMatch(
      /^page\.yaml:14:37: sweep\.model\.learningRate\[1\]: replica \d+ \(from 0\), after \d+ steps: the simulation diverged; give a smaller learningRate$/,
    );
  });
});
