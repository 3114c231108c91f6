// How data sets became stimuli: files that sweeps and runs keep alike.
import { npyBytes } from '#core';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from 'npyjs';
import { describe, expect, it } from 'vitest';
import { inDirectory } from '../support/directory.js';
import { meander, meanderJson, meanderOutput } from '../support/meander.js';

const columns = 5;
const patches = Float64Array.from({ length: 12 * columns }, (_, i) => Math.sin(7 * i) / (1 + (i % columns)));

const sweepOver = (sweep: string): Readonly<Record<string, string | Uint8Array>> => ({
  'patches.npy': npyBytes('<f8', [12, columns], patches),
  'patches.yaml': `model:
  hiddenUnits: 4
  input: [{ kind: dataset, file: patches.npy, components: 3 }]
  learningRate: 0.01
  weightDecay: 0.02
  labelNoiseVariance: 0.25
probes: { rows: [0, 3] }
simulation: { replicas: 4, burnIn: 100, lag: 20, duration: 200 }
sweep: { ${sweep} }
`,
});

/** Names and bytes of the files in a directory that say how data became stimuli, with their checksums. */
async function projectionsIn(directory: string): Promise<Record<string, string>> {
  const names = (await readdir(directory)).filter((name) => /^(mean|basis|projections)/.test(name));
  const contents = names.sort().map(async (name) => [name, await readFile(join(directory, name), 'base64')]);
  return Object.fromEntries(await Promise.all(contents)) as Record<string, string>;
}

const namesOf = (points: readonly number[]): string[] => [
  ...points.map((point) => `basis-${point}.npy`),
  ...points.map((point) => `mean-${point}.npy`),
  'projections.sha256',
];

describe('the mean and the basis of a data set', () => {
  it('are kept once by a sweep whose points share them, as by a run, and give the stimuli of its table', async () => {
    await inDirectory(sweepOver('model.learningRate: [0.005, 0.01, 0.02]'), async (directory) => {
      await meanderOutput(['sweep', 'patches.yaml', '--out', 'sweep', '--workers', '1'], directory);
      await meanderOutput(['run', 'patches.yaml', '--out', 'run', '--workers', '2'], directory);
      const files = await projectionsIn(join(directory, 'sweep'));
      expect(Object.keys(files)).toEqual(namesOf([0]));
      expect(await projectionsIn(join(directory, 'run'))).toEqual(files);
      const [basis, mean] = await Promise.all(
        ['basis', 'mean'].map(async (name) => {
          const { data } = await load(await readFile(join(directory, `sweep/${name}-0.npy`)));
          return data as Float64Array;
        }),
      );
      const rows = await meanderJson<{ probe: number; stimulus: string }[]>(['show', 'sweep'], directory);
      for (const { probe, stimulus } of rows) {
        const row = patches.subarray([0, 3][probe - 1] * columns).slice(0, columns);
        const expected = [0, 1, 2].map((k) =>
          row.reduce((sum, value, j) => sum + basis[k * columns + j] * (value - mean[j]), 0),
        );
        (JSON.parse(stimulus) as number[]).forEach((value, k) => {
          expect(value).toBeCloseTo(expected[k], 12);
        });
      }
    });
  });

  it('are kept for every point of a sweep where they differ, whoever makes the table, and a damaged one is named', async () => {
    await inDirectory(sweepOver('model.input.0.components: [2, 3]'), async (directory) => {
      const out = join(directory, 'out');
      await meanderOutput(['sweep', 'patches.yaml', '--out', 'out'], directory);
      const files = await projectionsIn(out);
      expect(Object.keys(files)).toEqual(namesOf([0, 1]));
      expect(files['basis-0.npy']).not.toBe(files['basis-1.npy']);
      await rm(join(directory, 'patches.npy'));
      const exported = await meander(['export', 'out'], directory);
      expect(exported.stderr).toContain(
        'the stimuli of its data are basis @ (row - mean) of out/mean-0.npy, out/basis-0.npy, out/mean-1.npy, out/basis-1.npy',
      );
      const damaged = Buffer.from(files['basis-1.npy'], 'base64');
      damaged[damaged.length - 3] ^= 1;
      await writeFile(join(out, 'basis-1.npy'), damaged);
      const refused = await meander(['export', 'out', '--to', 'again.csv'], directory);
      expect(refused.code).toBe(2);
      expect(refused.stderr).toMatch(
        /^out\/basis-1.npy: is not as it was written .* meander collect out makes it again/,
      );
      for (const command of ['collect', 'resume']) {
        await meanderOutput([command, 'out'], directory);
        expect(await projectionsIn(out)).toEqual(files);
        // As a kill leaves it that comes after the first of these files.
        for (const name of namesOf([1])) await rm(join(out, name));
      }
    });
  });
});
