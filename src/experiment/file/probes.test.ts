import { npyBytes } from '#core';
import { describe, expect, it } from 'vitest';
import { readExperiment } from './read.js';
import type { Experiment } from './resolve.js';

const data = Float64Array.of(1, 2, 0, 3, -1, 0.5, 2, 2, -4, 0, 1, 1);
const own = Float64Array.of(3, -1, 0.5, 1, 2, 0);
const files: Readonly<Record<string, Uint8Array<ArrayBuffer>>> = {
  'data.npy': npyBytes('<f8', [4, 3], data),
  'own.npy': npyBytes('<f8', [2, 3], own),
  'turned.npy': npyBytes('<f8', [1, 2], Float64Array.of(1, 0)),
};

const experimentOf = (probes: string, dataset = 'components: 2'): Promise<Experiment> =>
  readExperiment(
    `
model:
  hiddenUnits: 3
  input: [{ kind: dataset, file: data.npy, ${dataset} }]
  learningRate: 0.01
  weightDecay: 0.1
probes: ${probes}
`,
    { read: (name) => Promise.resolve(files[name]) },
  );

const probesOf = async (probes: string, dataset?: string): Promise<number[][]> =>
  (await experimentOf(probes, dataset)).points[0].probes.map((probe) => Array.from(probe));

describe('probes', () => {
  it('by row are stimuli of the data set', async () => {
    expect(await probesOf('{ rows: [1, 0] }', 'center: false')).toEqual([
      [3, -1, 0.5],
      [1, 2, 0],
    ]);
  });

  it('that are projected are equal to the same rows of the data set', async () => {
    for (const dataset of ['components: 2', 'components: 2, center: false', 'center: true']) {
      const [first, second] = await probesOf('{ file: own.npy, project: true }', dataset);
      const rows = await probesOf('{ rows: [1, 0] }', dataset);
      [first, second].forEach((probe, k) => {
        probe.forEach((value, j) => {
          expect(value).toBeCloseTo(rows[k][j], 12);
        });
      });
    }
  });

  it('from a table beside principal components are taken as they are, with a warning', async () => {
    const { points } = await experimentOf('{ file: turned.npy }');
    expect(points[0].probes).toEqual([Float64Array.of(1, 0)]);
    expect(points[0].warnings).toEqual([expect.stringContaining('{file: turned.npy, project: true} takes rows')]);
    for (const probes of ['axes', '[[1, 0]]', '{ rows: [0] }', '{ file: own.npy, project: true }']) {
      expect((await experimentOf(probes)).points[0].warnings).toEqual([]);
    }
  });

  it.each([
    [
      '{ file: own.npy }',
      'found vectors of 3 numbers, expected 2: one for each dimension of the input; {file: own.npy, project: true}',
    ],
    ['{ file: turned.npy, project: true }', 'found 2 columns, expected 3 as in the data set'],
    ['{ rows: [4] }', 'probes.rows[0] (probe 1): found 4, expected at most 3: the data set has 4 rows, counted from 0'],
    ['{ rows: [] }', 'found an empty list, expected a list of at least one row number'],
    ['{ rows: [0.5] }', 'probes.rows[0] (probe 1): found 0.5, expected a whole number from 0'],
    ['{ rows: [0], project: true }', 'unknown key'],
  ])('%s are refused with the reason', async (probes, says) => {
    await expect(probesOf(probes)).rejects.toThrow(says);
  });

  it('by row need exactly one data set', async () => {
    const text =
      'model: {hiddenUnits: 2, input: [{kind: gaussian, covariance: [1, 1]}], learningRate: 0.01, weightDecay: 0.1}';
    await expect(readExperiment(`${text}\nprobes: {rows: [0]}`)).rejects.toThrow('found no dataset component');
  });
});
