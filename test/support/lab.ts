import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { root } from '../meander.js';

export interface ServedLab {
  readonly url: string;
  /** What it has said on standard error. */
  readonly warnings: () => string;
  readonly close: () => Promise<void>;
}

/** `meander serve` on a free port. */
export async function serveLab(args: readonly string[] = []): Promise<ServedLab> {
  const main = join(root, 'dist/cli/main.js');
  const child = spawn(process.execPath, [main, 'serve', '--port', '0', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let warnings = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (warnings += chunk));
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const url = /http:\S+/.exec(line.toString())?.[0] ?? '';
  return {
    url,
    warnings: () => warnings,
    async close() {
      child.kill('SIGINT');
      await once(child, 'close');
    },
  };
}

/** Milliseconds for whatever a person would wait for, on a busy machine. */
const WAIT_MS = 20_000;

interface OpenedLab {
  readonly page: Page;
  /** What a tidy page has none of: messages of the console, errors, requests that fail or leave the server. */
  readonly complaints: string[];
  readonly close: () => Promise<void>;
}

/** Opens the lab at a hash, as a person with an empty profile. */
export async function openLab(
  browser: Browser,
  url: string,
  hash = '',
  { width = 1280, height = 900, paused = false } = {},
): Promise<OpenedLab> {
  const context = await browser.newContext({
    viewport: { width, height },
    // Who asks for less motion finds the simulation standing.
    reducedMotion: paused ? 'reduce' : 'no-preference',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  page.setDefaultTimeout(WAIT_MS);
  const complaints: string[] = [];
  page.on('console', (message) => {
    // Without a graphics card, drawing in 3D is slow, and the driver says so.
    if (!message.text().includes('GL Driver Message')) complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`));
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(url))
      complaints.push(`left: ${request.url()}`);
  });
  await page.goto(url + hash);
  await page.locator('table').first().waitFor();
  return { page, complaints, close: () => context.close() };
}

/** Waits until the simulation has so many samples. */
export async function samplesSeen(page: Page, samples: number): Promise<void> {
  const seen = async (): Promise<number> => Number(await page.locator('.status').getAttribute('data-samples'));
  await expect.poll(seen, { timeout: WAIT_MS, interval: 100 }).toBeGreaterThanOrEqual(samples);
}

/** Pauses, and waits until all replicas stand at the same sample. */
export async function pauseLab(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.locator('.status[data-phase=paused]').waitFor();
}
