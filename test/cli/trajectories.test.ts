import { FileSystemStore } from '@zarrita/storage';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as zarr from 'zarrita';
import { meanderOutput } from '../support/meander.js';
import { inRun, sweepFile } from '../support/sweeps.js';

describe('meander collect --trajectories', () => {
  it('writes the bytes of meander run --out, in one chunk for each task', async () => {
    const text = sweepFile({ points: 1, replicas: 6 }).replace('burnIn', 'trajectorySamples: 5, burnIn');
    await inRun(async (directory) => {
      await meanderOutput(['collect', 'run', '--trajectories'], directory);
      const store = new FileSystemStore(join(directory, 'run/trajectories.zarr'));
      const array = await zarr.open(zarr.root(store).resolve('point-0'), { kind: 'array' });
      expect({ shape: array.shape, chunks: array.chunks }).toEqual({ shape: [6, 5, 3, 3], chunks: [4, 5, 3, 3] });
      expect(array.attrs).toMatchObject({ steps: [0, 140, 300, 440, 600], parameters: { weightDecay: 0.02 } });
      const { data: numbers } = await zarr.get(array as zarr.Array<'float64', FileSystemStore>);
      expect(numbers.every(Number.isFinite)).toBe(true);
      // Representations of unit length and less turn; those of different replicas are different.
      expect(numbers.slice(0, 45)).not.toEqual(numbers.slice(45, 90));
      await meanderOutput(['run', 'sweep.yaml', '--out', 'out'], directory);
      const name = (await readdir(join(directory, 'out'))).find((file) => file.startsWith('trajectory')) ?? '';
      const npy = await readFile(join(directory, 'out', name));
      const bytes = Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
      expect(npy.subarray(npy.length - bytes.length).equals(bytes)).toBe(true);
    }, text);
  });
});
