import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { main } from '../../src/cli/program.js';
import { collectingIo } from './meander.js';
import { openBrowser } from './site.js';
import { chromiumFile } from './system-packages.js';

export interface ServedLab {
  readonly url: string;
  /** What it has written to standard error. */
  readonly warnings: () => string;
  readonly close: () => Promise<void>;
}

/** `meander serve` on a free port, in this process. */
export async function serveLab(args: readonly string[] = []): Promise<ServedLab> {
  const io = collectingIo();
  const ended = main(['serve', '--port', '0', ...args], io);
  const started = once(io.stdout, 'text');
  // It ends before it says where it listens only if it cannot listen.
  await Promise.race([started, ended]);
  const url = /http:\S+/.exec(io.text().stdout)?.[0];
  if (url === undefined) throw new Error(`meander serve ${args.join(' ')}: ${io.text().stderr}`);
  return {
    url,
    warnings: () => io.text().stderr,
    async close() {
      io.signals.emit('SIGINT');
      expect(await ended).toBe(0);
    },
  };
}

/** Milliseconds to wait for anything that a user would wait for: also on two cores that other tests keep busy. */
const WAIT_MS = 60_000;

export interface OpenedLab {
  readonly page: Page;
  /** Messages of the console, errors, and requests that fail or leave the server: normally there are none. */
  readonly complaints: string[];
  readonly close: () => Promise<void>;
}

interface OpenOptions {
  readonly width?: number;
  readonly height?: number;
  /** Whether the simulation waits to be started. */
  readonly paused?: boolean;
}

/** Opens the lab at a hash, with an empty profile. */
export async function openLab(
  browser: Browser,
  url: string,
  hash = '',
  { width = 1280, height = 900, paused = false }: OpenOptions = {},
): Promise<OpenedLab> {
  const context = await browser.newContext({
    viewport: { width, height },
    // With reduced motion the simulation does not start by itself.
    reducedMotion: paused ? 'reduce' : 'no-preference',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  page.setDefaultTimeout(WAIT_MS);
  const complaints: string[] = [];
  page.on('console', (message) => {
    // Drawing in 3D is slow without a graphics card, and the driver says so.
    if (!message.text().includes('GL Driver Message')) complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`));
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(url))
      complaints.push(`left: ${request.url()}`);
  });
  await page.goto(url + hash);
  await page.locator('.readings-now span').first().waitFor();
  return { page, complaints, close: () => context.close() };
}

/** The lab as `npm run build` leaves it, served by `meander serve`, and a browser. */
interface LabSuite {
  readonly browser: Browser;
  readonly url: string;
  readonly open: (hash?: string, options?: OpenOptions) => Promise<OpenedLab>;
}

/** A suite of tests of the lab in a browser; skipped where there is none. */
export function describeLab(name: string, tests: (lab: LabSuite) => void): void {
  describe.skipIf(!existsSync(chromiumFile))(name, () => {
    let served: ServedLab;
    let browser: Browser;
    beforeAll(async () => {
      served = await serveLab();
      browser = await openBrowser();
    });
    afterAll(async () => {
      await browser.close();
      await served.close();
    });
    tests({
      get browser() {
        return browser;
      },
      get url() {
        return served.url;
      },
      open: (hash, options) => openLab(browser, served.url, hash, options),
    });
  });
}

/** Waits until the simulation has at least this many samples. */
export async function waitForSamples(page: Page, samples: number): Promise<void> {
  const found = async (): Promise<number> => Number(await page.locator('.status').getAttribute('data-samples'));
  await expect.poll(found, { timeout: WAIT_MS, interval: 100 }).toBeGreaterThanOrEqual(samples);
}

/** Pauses, and waits until all replicas have the same number of samples. */
export async function pauseLab(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.locator('.status[data-phase=paused]').waitFor();
}

/** Drops files and directories of the disk on the page, as from a file manager. */
export async function dropPaths(page: Page, ...files: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 20, y: 20, data });
  await session.detach();
}

export const focusedText = (page: Page): Promise<string> => page.evaluate('document.activeElement.textContent');
export const alertTexts = (page: Page): Promise<string[]> => page.getByRole('alert').allTextContents();
