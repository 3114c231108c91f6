import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { root } from '../support/meander.js';

it('the first load of the lab is less than 240 kB of compressed script, web workers included', () => {
  const assets = join(root, 'dist/web/assets');
  // The scene of the 3D view, the reader of CSV files, and what other rules than SGD need are loaded on demand.
  const first = readdirSync(assets).filter(
    (name) => name.endsWith('.js') && !/^(?:scene|papaparse|index\.rules)/.test(name),
  );
  const bytes = first.reduce((sum, name) => sum + gzipSync(readFileSync(join(assets, name))).length, 0);
  console.log(`script of the first load, workers included: ${(bytes / 1000).toFixed(1)} kB compressed`);
  expect(bytes).toBeLessThan(240_000);
});
