import { npyBytes } from '#core';
import type { RunReport } from '#experiment';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from 'npyjs';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { inDirectory } from '../support/directory.js';
import { meander, meanderJson, meanderOutput } from '../support/meander.js';
import { experiment } from '../support/small-run.js';

const mapValues = (object: object, change: (value: unknown) => string): Record<string, string> =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));

/** E 1/2 |y - W2 W1 x|^2 for the small experiment, Theta = [W1 | W2^T] row by row. */
function taskLoss(theta: ArrayLike<number>, units: number): number {
  const point = [1, 1, 0.5];
  let loss = (3 * 0.25) / 2;
  for (let i = 0; i < 3; i++) {
    const residual = [0, 1, 2].map((j) => {
      let product = 0;
      for (let a = 0; a < units; a++) product += theta[a * 6 + 3 + i] * theta[a * 6 + j];
      return (i === j ? 1 : 0) - product;
    });
    const gaussian = residual.reduce((sum, value, j) => sum + value * value * [1.3, 1.0, 0.8][j], 0);
    const shown = residual.reduce((sum, value, j) => sum + value * point[j], 0);
    loss += (0.8 * gaussian + 0.2 * shown * shown) / 2;
  }
  return loss;
}

describe('meander run --out', () => {
  it('prints the table, and ends with 2, where its report cannot be written', async () => {
    await inDirectory({ 'small.yaml': experiment() }, async (directory) => {
      const printed = await meanderOutput(['run', 'small.yaml', '--out', 'out'], directory);
      const report = join(directory, 'out/report.json');
      await rm(report);
      await mkdir(report);
      const { code, stdout, stderr } = await meander(['run', 'small.yaml', '--out', 'out'], directory);
      expect(code).toBe(2);
      expect(stdout).toBe(printed);
      expect(stderr).toMatch(/^out\/report\.json: cannot be written: .*\n$/);
    });
  });

  it('writes the report, the table of its numbers and the experiment file', async () => {
    const text = experiment();
    await inDirectory({ 'small.yaml': text }, async (directory) => {
      const report = await meanderJson<RunReport>(['run', 'small.yaml', '--out', 'new/out'], directory);
      const out = join(directory, 'new/out');
      const added = ['experiment.yaml', 'manifest.json', 'probes.csv', 'report.json', 'results.parquet'];
      expect(await readdir(out)).toEqual(expect.arrayContaining(added));
      expect(JSON.parse(await readFile(join(out, 'report.json'), 'utf8'))).toEqual(report);
      expect(await readFile(join(out, 'experiment.yaml'), 'utf8')).toBe(text);
      const { data } = Papa.parse<Record<string, string>>(await readFile(join(out, 'probes.csv'), 'utf8'), {
        header: true,
        skipEmptyLines: true,
      });
      expect(data).toHaveLength(3);
      const { squaredNorm, diffusion, simulation } = report.points[0].probes[2];
      const [{ value, se }, length] = [simulation.diffusion, simulation.squaredNorm];
      const expected = {
        stimulus: '[1,1,0.5]',
        fluctuationSimulation: simulation.fluctuation.value,
        diffusionSimulation: value,
        diffusionSimulationStandardError: se,
        diffusionTheoryStandardError: 0,
        relativeDiffusionTheory: diffusion / squaredNorm,
        relativeDiffusionSimulation: value / length.value,
      };
      expect(data[2]).toMatchObject(mapValues(expected, String));
      // The length adds little to the error of the rate.
      const relative = Number(data[2].relativeDiffusionSimulationStandardError) / (value / length.value);
      expect(relative).toBeCloseTo(Math.hypot(se / value, length.se / length.value), 12);
    });
  });

  it('leaves the relative diffusion of a probe that is not represented empty', async () => {
    await inDirectory(
      { 'small.yaml': experiment().replace(/^probes:.*/m, 'probes: [[0, 0, 0]]') },
      async (directory) => {
        await meanderOutput(['run', 'small.yaml', '--out', 'out'], directory);
        const table = await readFile(join(directory, 'out/probes.csv'), 'utf8');
        const [row] = Papa.parse<Record<string, string>>(table, { header: true }).data;
        expect(row.relativeDiffusionSimulation).toBe('');
      },
    );
  });

  it.each([
    ['without --order', []],
    ['with --order next', ['--order', 'next']],
  ])(
    'gets from resume and from collect the files that run %s would have added, byte for byte, without its data files',
    async (_, options) => {
      const patches = Float64Array.from({ length: 60 }, (_, i) => Math.sin(7 * i) / (1 + (i % 5)));
      const text = `name: patches
model:
  hiddenUnits: 4
  input: [{ kind: dataset, file: patches.npy, components: 3 }]
  learningRate: 0.01
  weightDecay: 0.02
  labelNoiseVariance: 0.25
probes: { rows: [0, 3] }
simulation: { replicas: 4, burnIn: 100, lag: 20, duration: 200, trajectorySamples: 3 }
sweep: { model.input.0.weight: [1, rest], model.learningRate: [0.005, 0.01, 0.02] }
`;
      const files = { 'patches.yaml': text, 'patches.npy': npyBytes('<f8', [12, 5], patches) };
      await inDirectory(files, async (directory) => {
        await meanderOutput(['run', 'patches.yaml', '--out', 'out', '--weights', ...options], directory);
        const out = join(directory, 'out');
        const added = (await readdir(out)).filter((name) => /^(report|probes)\.|\.npy$/.test(name));
        // Mean and basis are the same at every point.
        expect(added).toHaveLength(2 + 6 * 3 + 2);
        const read = (): Promise<string[]> =>
          Promise.all(added.map(async (name) => (await readFile(join(out, name))).toString('base64')));
        const before = await read();
        await rm(join(directory, 'patches.npy'));
        for (const command of ['resume', 'collect']) {
          for (const name of added) await rm(join(out, name));
          const { code, stderr } = await meander([command, 'out'], directory);
          expect(code).toBe(0);
          expect(stderr).toContain('the report is out/report.json');

          expect(await read()).toEqual(before);
        }
        const { stderr } = await meander(['resume', 'out'], directory);
        expect(stderr).not.toContain('report');
      });
    },
  );

  it.each(['full', 'taken'])('rejects %s, which is in use, and changes nothing', async (out) => {
    await inDirectory({ 'small.yaml': experiment(), taken: 'text' }, async (directory) => {
      await mkdir(join(directory, 'full'));
      await writeFile(join(directory, 'full/mine.txt'), 'mine');
      const { code, stdout, stderr } = await meander(['run', 'small.yaml', '--json', '--out', out], directory);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr.startsWith(`${out}: `), stderr).toBe(true);
      expect(await readdir(join(directory, 'full'))).toEqual(['mine.txt']);
    });
  });

  it('writes final weights whose loss is the reported one, with --weights', async () => {
    const hiddenUnits = 10;
    const replicas = 6;
    /** Mean loss of the final weights of a run, and the loss that it reports. */
    const run = (burnIn: number): Promise<[number, number]> => {
      const text = experiment({ hiddenUnits }).replace(/burnIn.*}/, `burnIn: ${burnIn}, lag: 20, duration: 40 }`);
      return inDirectory({ 'small.yaml': text }, async (directory) => {
        const report = await meanderJson<RunReport>(['run', 'small.yaml', '--out', 'out', '--weights'], directory);
        const { shape, data } = await load(await readFile(join(directory, 'out/weights-0.npy')));
        expect(shape).toEqual([replicas, hiddenUnits, 6]);
        const size = hiddenUnits * 6;
        const weights = data as Float64Array;
        const losses = Array.from({ length: replicas }, (_, i) =>
          taskLoss(weights.subarray(i * size, (i + 1) * size), hiddenUnits),
        );
        return [losses.reduce((sum, loss) => sum + loss, 0) / replicas, report.points[0].loss.simulation.value];
      });
    };
    // A run samples its loss at burn-in, one lag and two lags later: there three runs of the same seed end.
    const runs = await Promise.all([60, 80, 100].map(run));
    const mean = runs.reduce((sum, [final]) => sum + final, 0) / 3;
    expect(Math.abs(mean - runs[2][1])).toBeLessThan(1e-12 * mean);
  });

  it('writes trajectories whose mean similarity is the reported one, with trajectorySamples', async () => {
    // As many samples as the run takes: their mean is the mean of the run.
    const text = experiment().replace('duration: 600', 'duration: 40, trajectorySamples: 99');
    await inDirectory({ 'small.yaml': text }, async (directory) => {
      const { points } = await meanderJson<RunReport>(['run', 'small.yaml', '--out', 'out'], directory);
      const { shape, data } = await load(await readFile(join(directory, 'out/trajectory-0.npy')));
      const { plan, similarity } = points[0];
      const [replicas, times, probes, units] = shape;
      expect([replicas, times, probes]).toEqual([plan.replicas, plan.samples, 3]);
      const hidden = data as Float64Array;
      let norm = 0;
      for (let i = 0; i < replicas * times; i++) {
        for (let a = 0; a < units; a++) norm += hidden[i * probes * units + a] ** 2 / (replicas * times);
      }
      expect(norm).toBeCloseTo(similarity.simulation[0][0], 12);
    });
  });
});
