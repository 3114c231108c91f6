import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { build, defaultClientConditions, preview, type InlineConfig } from 'vite';
import { chromiumFile } from './system-packages.js';
import { inProject } from './project.js';

export interface Site {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Bundles a page of this repository, from its source, and serves it. */
export const serveSite = (directory: string): Promise<Site> =>
  serve({
    root: directory,
    resolve: { conditions: ['source', ...defaultClientConditions] },
    worker: { format: 'es' },
  });

/** Bundles a page as a project that has installed the package does, with nothing configured, and serves it. */
export const serveInstalled = (directory: string, files: readonly string[]): Promise<Site> =>
  inProject(directory, files, (project) => serve({ root: project }));

/** Builds a site and serves it on 127.0.0.1 as a static host would: without the headers that allow shared memory. */
async function serve(config: InlineConfig): Promise<Site> {
  const outDir = await mkdtemp(join(tmpdir(), 'meander-site-'));
  const common: InlineConfig = { ...config, configFile: false, logLevel: 'warn', build: { outDir, emptyOutDir: true } };
  await build(common);
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
