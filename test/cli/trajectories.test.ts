import { FileSystemStore } from '@zarrita/storage';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as zarr from 'zarrita';
import { inDirectory } from '../support/directory.js';
import { meander, meanderOutput } from '../support/meander.js';
import { inRun, sweepFile } from '../support/sweeps.js';

describe('meander collect --trajectories', () => {
  it('writes the bytes of meander run --out, in one chunk for each task', async () => {
    const text = sweepFile({ points: 1, replicas: 6 }).replace('burnIn', 'trajectorySamples: 5, burnIn');
    await inRun(async (directory) => {
      await meanderOutput(['collect', 'run', '--trajectories'], directory);
      const store = new FileSystemStore(join(directory, 'run/trajectories.zarr'));
      const point = zarr.root(store).resolve('point-0');
      const group = await zarr.open(point, { kind: 'group' });
      const array = await zarr.open(point.resolve('representation'), { kind: 'array' });
      expect({ shape: array.shape, chunks: array.chunks }).toEqual({ shape: [6, 5, 3, 3], chunks: [4, 5, 3, 3] });
      expect(group.attrs).toMatchObject({
        evenlySpaced: false,
        interval: null,
        allUnits: false,
        parameters: { weightDecay: 0.02 },
      });
      const time = await zarr.open(point.resolve('time'), { kind: 'array' });
      expect([...(await zarr.get(time as zarr.Array<'float64', FileSystemStore>)).data]).toEqual([
        0, 140, 300, 440, 600,
      ]);
      const { data: numbers } = await zarr.get(array as zarr.Array<'float64', FileSystemStore>);
      expect(numbers.every(Number.isFinite)).toBe(true);
      // Representations of unit length and less turn; those of different replicas are different.
      expect(numbers.slice(0, 45)).not.toEqual(numbers.slice(45, 90));
      await meanderOutput(['run', 'sweep.yaml', '--out', 'out'], directory);
      const npy = await readFile(join(directory, 'out/trajectory-0.npy'));
      const bytes = Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
      expect(npy.subarray(npy.length - bytes.length).equals(bytes)).toBe(true);
    }, text);
  });
});

/** The numbers of a .npy file of float64. */
async function numbersOf(path: string): Promise<Float64Array> {
  const bytes = await readFile(path);
  const start = 10 + bytes.readUInt16LE(8);
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset + start, bytes.byteOffset + bytes.length));
}

describe('trajectories of all hidden units', () => {
  const units = 20;
  const text = `
model: { hiddenUnits: ${units}, input: [{ kind: gaussian, covariance: [1.3, 1.0, 0.8] }], learningRate: 0.02, weightDecay: 0.1 }
probes: [[1, 0, 0], [0.5, 1, 2]]
simulation: { replicas: 3, seed: 3, burnIn: 50, lag: 20, duration: 200, trajectorySamples: 6 }
`;

  it.each(['manifold', '{ random: 0.1 }'])(
    'end at W1 x of the final weights, and keep the inner products of those simulated (from %s)',
    async (start) => {
      const file = text.replace('burnIn', `start: ${start}, burnIn`);
      await inDirectory({ 'small.yaml': file }, async (directory) => {
        await meanderOutput(['run', 'small.yaml', '--out', 'all', '--weights', '--all-units'], directory);
        await meanderOutput(['run', 'small.yaml', '--out', 'simulated'], directory);
        const all = await numbersOf(join(directory, 'all/trajectory-0.npy'));
        const simulated = await numbersOf(join(directory, 'simulated/trajectory-0.npy'));
        const weights = await numbersOf(join(directory, 'all/weights-0.npy'));
        expect(all).toHaveLength(3 * 6 * 2 * units);
        const reduced = simulated.length / (3 * 6 * 2);
        expect(reduced).toBeLessThan(units);
        const vector = (data: Float64Array, width: number, replica: number, time: number, probe: number): number[] => {
          const at = (replica * 6 + time) * 2 + probe;
          return [...data.subarray(at * width, (at + 1) * width)];
        };
        const product = (a: number[], b: number[]): number => a.reduce((sum, value, i) => sum + value * b[i], 0);
        for (const replica of [0, 1, 2]) {
          for (const [probe, x] of [
            [1, 0, 0],
            [0.5, 1, 2],
          ].entries()) {
            const last = vector(all, units, replica, 5, probe);
            last.forEach((value, unit) => {
              const row = weights.subarray((replica * units + unit) * 6, (replica * units + unit) * 6 + 3);
              expect(value).toBeCloseTo(product([...row], x), 12);
            });
            const [first, other] = [all, simulated].map((data) =>
              vector(data, data.length / (3 * 6 * 2), replica, 0, probe),
            );
            const lastSimulated = vector(simulated, reduced, replica, 5, probe);
            expect(product(first, last)).toBeCloseTo(product(other, lastSimulated), 12);
          }
        }
      });
    },
  );

  it('are the same bytes by collect, which needs no second run, and say when they were kept', async () => {
    await inDirectory({ 'small.yaml': text }, async (directory) => {
      await meanderOutput(['run', 'small.yaml', '--out', 'out', '--all-units'], directory);
      await meanderOutput(['collect', 'out', '--trajectories', '--all-units'], directory);
      const point = zarr.root(new FileSystemStore(join(directory, 'out/trajectories.zarr'))).resolve('point-0');
      const array = await zarr.open(point.resolve('representation'), { kind: 'array' });
      expect(array.shape).toEqual([3, 6, 2, units]);
      const { data } = await zarr.get(array as zarr.Array<'float64', FileSystemStore>);
      expect(data).toEqual(await numbersOf(join(directory, 'out/trajectory-0.npy')));
      expect([...(await numbersOf(join(directory, 'out/trajectory-0-steps.npy')))]).toEqual([0, 40, 80, 120, 160, 200]);
      expect(JSON.parse(await readFile(join(directory, 'out/trajectory-0.json'), 'utf8'))).toEqual({
        dimensions: ['replica', 'time', 'probe', 'unit'],
        evenlySpaced: true,
        interval: 40,
        allUnits: true,
      });
      expect((await zarr.open(point, { kind: 'group' })).attrs).toMatchObject({ evenlySpaced: true, interval: 40 });
    });
  });

  it('are refused where there is nothing to write them into, and where they are too large', async () => {
    await inDirectory({ 'small.yaml': text }, async (directory) => {
      const refused = async (...args: string[]): Promise<string> => {
        const { code, stderr } = await meander(args, directory);
        expect(code).toBe(2);
        return stderr;
      };
      expect(await refused('run', 'small.yaml', '--all-units')).toContain('--all-units needs --out DIR');
      expect(await refused('collect', 'out', '--all-units')).toContain('expected --trajectories beside it');
      const large = ['--set', 'model.hiddenUnits=10000000', '--out', 'large', '--all-units'];
      expect(await refused('run', 'small.yaml', ...large)).toMatch(
        /10000000 units take 2\.88 GB, at most 1\.07 GB can be kept; give fewer trajectorySamples, or leave --all-units out/,
      );
    });
  });
});
