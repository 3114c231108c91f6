import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { root } from '../support/meander.js';

const assets = join(root, 'dist/web/assets');
const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
const textOf = (name: string): string => readFileSync(join(assets, name), 'utf8');

/** Scripts that one names, but for those that it imports on demand. */
function neededBy(name: string): string[] {
  const text = textOf(name).replace(/\bimport\(\s*[`'"][^`'"]*[`'"]\s*\)/g, '');
  return scripts.filter((other) => other !== name && text.includes(other));
}

/** The script of the page, and all that it needs, and so on, web workers included. */
function firstLoad(): Set<string> {
  const entry = /src="\.\/assets\/([^"]+\.js)"/.exec(readFileSync(join(root, 'dist/web/index.html'), 'utf8'));
  const found = new Set([entry?.[1] ?? '']);
  for (const name of found) for (const other of neededBy(name)) found.add(other);
  return found;
}

it('the first load of the lab is less than 220 kB of compressed script, web workers included', () => {
  const first = [...firstLoad()];
  // Loaded on demand: the effective process, recordings, readers of files, archives, and what other rules than SGD need.
  for (const part of ['index-', 'theory.worker-', 'replicas.worker-', 'estimate.worker-'])
    expect(first.filter((name) => name.startsWith(part))).toHaveLength(1);
  expect(
    first.filter((name) =>
      /^(?:process|recording-panel|analysis\.worker|hdf5|papaparse|index\.rules|user-file|npz)/.test(name),
    ),
  ).toEqual([]);
  const bytes = first.reduce((sum, name) => sum + gzipSync(textOf(name)).length, 0);
  console.log(`script of the first load, workers included: ${(bytes / 1000).toFixed(1)} kB compressed`);
  expect(bytes).toBeLessThan(220_000);
});
