import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { build, defaultClientConditions, preview } from 'vite';
import { chromiumFile } from '../system-packages.js';

export interface Site {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Bundles the page in a directory and serves it on 127.0.0.1 as any static host would: without the headers that allow shared memory. */
export async function serveSite(directory: string): Promise<Site> {
  const outDir = await mkdtemp(join(tmpdir(), 'meander-site-'));
  const common = {
    root: directory,
    configFile: false,
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true },
  } as const;
  await build({
    ...common,
    resolve: { conditions: ['source', ...defaultClientConditions] },
    worker: { format: 'es' },
  });
  const server = await preview({ ...common, preview: { host: '127.0.0.1', port: 0 } });
  const [url] = server.resolvedUrls?.local ?? [];
  return {
    url,
    async close() {
      await server.close();
      await rm(outDir, { recursive: true });
    },
  };
}

/** Chromium of the system with a new, empty profile. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumFile,
    chromiumSandbox: false,
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
