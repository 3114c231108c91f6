import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { load } from 'npyjs';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { PointRecord, RunReport, TheoryReport } from '../src/experiment/index.js';
import { meander, root } from './meander.js';
import { differences } from './support/differences.js';
import { inDirectory } from './support/directory.js';

interface Settings {
  readonly hiddenUnits?: number;
  readonly simulation?: string;
  readonly more?: string;
}

/** An experiment of a second: three inputs, label noise, a point that breaks the reflection symmetry. */
const experiment = ({ hiddenUnits = 6, simulation = '', more = '' }: Settings = {}): string => `name: small
model:
  hiddenUnits: ${hiddenUnits}
  input:
    - { weight: 0.8, kind: gaussian, covariance: [1.3, 1.0, 0.8] }
    - { weight: 0.2, kind: point, stimulus: [1, 1, 0.5] }
  learningRate: 0.02
  weightDecay: 0.1
  labelNoiseVariance: 0.25
probes: [[1, 0, 0], [0, 1, 0], [1, 1, 0.5]]
simulation: { replicas: 6, seed: 3, burnIn: 200, lag: 20, duration: 600${simulation} }
${more}`;

/** Standard output of a run that must succeed. */
async function outputOf(text: string, args: readonly string[] = [], name = 'small.yaml'): Promise<string> {
  return inDirectory({ [name]: text }, async (directory) => {
    const { code, stdout, stderr } = await meander(['run', name, '--json', ...args], directory);
    expect(code, stderr).toBe(0);
    return stdout;
  });
}

const reportOf = async (text: string, args?: readonly string[]): Promise<RunReport> =>
  JSON.parse(await outputOf(text, args)) as RunReport;

const onlyPoint = async (text: string): Promise<PointRecord> => (await reportOf(text)).points[0];

const number: unknown = expect.any(Number);
const numbers: unknown = expect.arrayContaining([number]);
const estimate = { value: number, se: number };
const perQuantity = (one: unknown) => ({
  fluctuation: one,
  diffusion: one,
  relativeDiffusion: one,
  directedSpeed: one,
});

const theoryShape = {
  parameters: { hiddenUnits: 6, learningRate: 0.02, weightDecay: 0.1, labelNoiseVariance: 0.25, batchSize: 1 },
  singularValues: [number, number, number],
  normalHessianEigenvalues: numbers,
  rotationDiffusionEigenvalues: [number, number, number],
};

describe.concurrent('what the commands print', () => {
  it('theory prints its predictions as JSON', async () => {
    await inDirectory({ 'small.yaml': experiment() }, async (directory) => {
      const { code, stdout, stderr } = await meander(['theory', 'small.yaml', '--json'], directory);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const report = JSON.parse(stdout) as TheoryReport;
      expect(report.points).toHaveLength(1);
      expect(report.points[0]).toMatchObject(theoryShape);
      expect(report.points[0].probes).toEqual(
        [
          [1, 0, 0],
          [0, 1, 0],
          [1, 1, 0.5],
        ].map((stimulus) => ({ stimulus, squaredNorm: number, ...perQuantity(number) })),
      );
    });
  });

  it('theory predicts time courses at the times that are given', async () => {
    await inDirectory({ 'small.yaml': experiment() }, async (directory) => {
      const args = ['theory', 'small.yaml', '--times', '0,1e4,1e9'];
      const { stdout } = await meander([...args, '--json'], directory);
      const { courses, probes } = (JSON.parse(stdout) as TheoryReport).points[0];
      expect(courses.steps).toEqual([0, 1e4, 1e9]);
      probes.forEach(({ squaredNorm, fluctuation }, k) => {
        expect(courses.selfCorrelation.map((row) => row[k])).toEqual([1, number, expect.closeTo(0, 9)]);
        expect(courses.squaredDisplacement[2][k]).toBeCloseTo(2 * (squaredNorm + fluctuation), 9);
        expect(courses.crossCorrelation?.[0][k][k]).toBeCloseTo(squaredNorm, 12);
      });
      expect((await meander(args, directory)).stdout).toContain('self-correlation of the representations');
      for (const times of ['', '1e4,', '-1', 'soon', '1e999']) {
        const { code, stderr } = await meander(['theory', 'small.yaml', '--times', times], directory);
        expect(code).toBe(2);
        expect(stderr).toBe(`--times ${times}: expected steps from 0 on, separated by commas, such as 1e6,1e7,1e8\n`);
      }
    });
  });

  it('run adds the simulation, the ratio, losses, steps and seconds', async () => {
    const { points } = await reportOf(experiment(), ['--timing']);
    expect(points).toHaveLength(1);
    const [point] = points;
    expect(point).toMatchObject(theoryShape);
    expect(point).toMatchObject({ loss: { theory: number, simulation: estimate }, steps: 6 * 800, seconds: number });
    const { steps, selfCorrelation, theory } = point.courses;
    expect(theory.selfCorrelation.map((row) => row.length)).toEqual(selfCorrelation.map((row) => row.length));
    expect([steps[0], theory.selfCorrelation[0], theory.squaredDisplacement[0]]).toEqual([0, [1, 1, 1], [0, 0, 0]]);
    for (const probe of point.probes) {
      expect(probe).toMatchObject({ squaredNorm: number, ...perQuantity(number), simulation: perQuantity(estimate) });
      expect(probe).toMatchObject({ ratio: perQuantity(estimate) });
      // The ratio of |v| is that of the component along the predicted direction, which can be negative.
      for (const quantity of ['squaredNorm', 'fluctuation', 'diffusion'] as const) {
        const [theory, { value, se }] = [probe[quantity], probe.simulation[quantity]];
        expect(probe.ratio[quantity]?.value).toBeCloseTo(value / theory, 12);
        expect(probe.ratio[quantity]?.se).toBeCloseTo(se / theory, 12);
        expect(se).toBeGreaterThan(0);
      }
    }
  });

  it('a sweep has one point for each combination, the last key fastest', async () => {
    const more = 'sweep: { model.learningRate: [0.02, 0.01], model.batchSize: [1, 2] }';
    const { points } = await reportOf(experiment({ more }));
    const parameters = points.map((point) => [point.parameters.learningRate, point.parameters.batchSize]);
    expect(parameters).toEqual([
      [0.02, 1],
      [0.02, 2],
      [0.01, 1],
      [0.01, 2],
    ]);
  });

  it('tables are for people, JSON alone for programs', async () => {
    await inDirectory({ 'small.yaml': experiment() }, async (directory) => {
      for (const command of ['theory', 'run']) {
        const { code, stdout } = await meander([command, 'small.yaml'], directory);
        expect(code).toBe(0);
        expect(stdout).toContain('small: hiddenUnits 6');
        expect(stdout).toContain('(1, 1, 0.5)');
      }
    });
  });
});

describe('a reader that stops early', () => {
  it.each([['theory', '--json'], ['run'], ['--help']])('ends %s quietly', async (command, ...options) => {
    await inDirectory({ 'small.yaml': experiment() }, async (directory) => {
      const file = command.startsWith('--') ? [] : ['small.yaml'];
      const entry = join(root, 'dist/cli/main.js');
      const child = spawn(process.execPath, [entry, command, ...file, ...options], { cwd: directory });
      child.stdout.destroy();
      let stderr = '';
      child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
      const [code] = (await once(child, 'close')) as [number | null];
      expect(code).toBe(0);
      expect(stderr).not.toMatch(/EPIPE|^ +at /m);
    });
  });
});

describe('a data set too large for the exact tensor', () => {
  it('has a D by samples, which says its error', async () => {
    const size = 52;
    const stimuli = Array.from({ length: 300 }, (_, k) =>
      Array.from({ length: size }, (__, j) => 1.5 * Math.sin(k * k + 7.3 * j * (k + 1)) ** 3),
    );
    const probes = JSON.stringify([[1, ...new Array<number>(size - 1).fill(0)]]);
    const text = `model:
  hiddenUnits: 60
  input: [{ kind: dataset, file: data.csv }]
  learningRate: 0.001
  weightDecay: 0.02
probes: ${probes}
`;
    await inDirectory(
      { 'wide.yaml': text, 'data.csv': stimuli.map((row) => row.join()).join('\n') },
      async (directory) => {
        const { code, stdout, stderr } = await meander(['theory', 'wide.yaml', '--json'], directory);
        expect(code, stderr).toBe(0);
        const [{ path, singularValues, rotationDiffusionEigenvalues, probes: found }] = (
          JSON.parse(stdout) as TheoryReport
        ).points;
        expect({ path, modes: singularValues.length, rotationDiffusionEigenvalues }).toEqual({
          path: 'sampled',
          modes: size,
          rotationDiffusionEigenvalues: [],
        });
        expect(found[0].diffusionStandardError).toBeGreaterThan(0);
        expect(found[0].diffusionStandardError).toBeLessThan(0.03 * found[0].diffusion);
      },
    );
  });
});

describe.concurrent('bench theory', () => {
  it('measures a case in its own process, and knows the names of its cases', async () => {
    const { code, stdout } = await meander(['bench', 'theory', '--json', '--case', 'gaussian-16']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ path: 'spectral', learnedModes: 16, planes: 120, seconds: number });
    const wrong = await meander(['bench', 'theory', '--case', 'gaussian']);
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    expect(wrong.stderr).toContain('expected one of gaussian-16-general, gaussian-16');
  });
});

describe.concurrent('the same numbers', () => {
  it('for every count of workers and for every run', async () => {
    const text = experiment({ simulation: ', start: { random: 0.2 }' });
    const counts = ['1', '2', '3', '1'];
    const outputs = await Promise.all(counts.map((count) => outputOf(text, ['--workers', count])));
    expect(new Set(outputs).size).toBe(1);
  });

  it('for YAML and JSON', async () => {
    const json = JSON.stringify(parse(experiment()), null, 2);
    expect(await outputOf(json, [], 'small.json')).toBe(await outputOf(experiment()));
  });

  it('for another seed they differ', async () => {
    const other = experiment().replace('seed: 3', 'seed: 4');
    expect(await outputOf(other)).not.toBe(await outputOf(experiment()));
  });

  it.each(['manifold', '{ random: 0.2 }'])('with and without reduced hidden units, start %s', async (start) => {
    const settings = (reduce: boolean) => ({
      hiddenUnits: 40,
      simulation: `, start: ${start}, reduceHiddenUnits: ${reduce}`,
    });
    const [reduced, full] = await Promise.all([true, false].map((flag) => onlyPoint(experiment(settings(flag)))));
    expect(differences([reduced.loss, reduced.probes], [full.loss, full.probes], 1e-10)).toEqual([]);
    expect(reduced.steps).toBe(full.steps);
  });

  it('for a million hidden units as for n + m, in as many steps', async () => {
    const [few, many] = await Promise.all([6, 1_000_000].map((hiddenUnits) => onlyPoint(experiment({ hiddenUnits }))));
    expect(many.steps).toBe(few.steps);
    expect([many.loss, many.probes]).toEqual([few.loss, few.probes]);
  });
});

describe.concurrent('special cases', () => {
  it('learning from random weights ends in the same stationary state', async () => {
    const long = (start: string) =>
      experiment().replace(/simulation:.*/, `simulation: { replicas: 16, lag: 20, duration: 6000, start: ${start} }`);
    const [manifold, random] = await Promise.all(
      ['manifold', '{ random: 0.1 }'].map((start) => onlyPoint(long(start))),
    );
    const [a, b] = [manifold.loss.simulation, random.loss.simulation];
    const se = Math.hypot(a.se, b.se);
    expect(se).toBeLessThan(0.01 * a.value);
    expect(Math.abs(a.value - b.value)).toBeLessThan(4 * se);
    expect(random.steps).toBeGreaterThan(manifold.steps);
  });

  it('a probe that is not represented has no self-correlation, and its numbers are numbers', async () => {
    const { points } = await reportOf(experiment().replace(/^probes:.*/m, 'probes: [[0, 0, 0], [1, 0, 0]]'));
    const [{ probes, courses }] = points;
    expect(courses.selfCorrelation.map(([absent, present]) => [absent, present !== null])).toEqual(
      courses.steps.map(() => [null, true]),
    );
    expect(probes[0].simulation).toMatchObject({ squaredNorm: { value: 0, se: 0 }, diffusion: { value: 0, se: 0 } });
    expect(Object.values(probes[0].ratio)).toEqual([null, null, null, null, null]);
  });

  it('one learned mode does not rotate', async () => {
    const point = await onlyPoint(experiment({ hiddenUnits: 1 }));
    expect(point.singularValues).toHaveLength(1);
    expect(point.rotationDiffusionEigenvalues).toEqual([]);
    for (const { diffusion, directedSpeed, simulation, ratio } of point.probes) {
      expect({ diffusion, directedSpeed }).toEqual({ diffusion: 0, directedSpeed: 0 });
      expect(simulation.diffusion).toMatchObject({ value: 0, se: 0 });
      expect(ratio.diffusion).toBeNull();
      expect(simulation.fluctuation.value).toBeGreaterThan(0);
    }
  });
});

const mapValues = (object: object, change: (value: unknown) => string): Record<string, string> =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));

/** E 1/2 |y - W2 W1 x|^2 for the experiment above, Theta = [W1 | W2^T] row by row. */
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

describe.concurrent('--out', () => {
  it('writes the report, a table and the experiment file', async () => {
    const text = experiment();
    await inDirectory({ 'small.yaml': text }, async (directory) => {
      const { code, stdout } = await meander(['run', 'small.yaml', '--json', '--out', 'new/out'], directory);
      expect(code).toBe(0);
      const out = join(directory, 'new/out');
      expect((await readdir(out)).sort()).toEqual(['probes.csv', 'report.json', 'small.yaml']);
      expect(JSON.parse(await readFile(join(out, 'report.json'), 'utf8'))).toEqual(JSON.parse(stdout));
      expect(await readFile(join(out, 'small.yaml'), 'utf8')).toBe(text);
      const { data } = Papa.parse<Record<string, string>>(await readFile(join(out, 'probes.csv'), 'utf8'), {
        header: true,
        skipEmptyLines: true,
      });
      expect(data).toHaveLength(3);
      const { squaredNorm, diffusion, simulation } = (JSON.parse(stdout) as RunReport).points[0].probes[2];
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
        await meander(['run', 'small.yaml', '--json', '--out', 'out'], directory);
        const text = await readFile(join(directory, 'out/probes.csv'), 'utf8');
        const [row] = Papa.parse<Record<string, string>>(text, { header: true }).data;
        expect(row.relativeDiffusionSimulation).toBe('');
      },
    );
  });

  it('refuses a directory that is not empty, and a file', async () => {
    await inDirectory({ 'small.yaml': experiment(), taken: 'text' }, async (directory) => {
      await mkdir(join(directory, 'full'));
      await writeFile(join(directory, 'full/mine.txt'), 'mine');
      for (const out of ['full', 'taken']) {
        const { code, stdout, stderr } = await meander(['run', 'small.yaml', '--json', '--out', out], directory);
        expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
        expect(stderr.startsWith(`${out}: `), stderr).toBe(true);
        expect(stderr).not.toMatch(/^ +at /m);
      }
      expect(await readdir(join(directory, 'full'))).toEqual(['mine.txt']);
    });
  });

  it('--weights keeps networks that have the reported loss', async () => {
    const hiddenUnits = 10;
    const replicas = 6;
    /** Mean loss of the final weights of a run, and the loss that it reports. */
    const run = (burnIn: number): Promise<[number, number]> => {
      const text = experiment({ hiddenUnits }).replace(/burnIn.*}/, `burnIn: ${burnIn}, lag: 20, duration: 40 }`);
      return inDirectory({ 'small.yaml': text }, async (directory) => {
        const args = ['run', 'small.yaml', '--json', '--out', 'out', '--weights'];
        const { code, stdout, stderr } = await meander(args, directory);
        expect(code, stderr).toBe(0);
        const { shape, data } = await load(await readFile(join(directory, 'out/weights-0.npy')));
        expect(shape).toEqual([replicas, hiddenUnits, 6]);
        const size = hiddenUnits * 6;
        const weights = data as Float64Array;
        const losses = Array.from({ length: replicas }, (_, i) =>
          taskLoss(weights.subarray(i * size, (i + 1) * size), hiddenUnits),
        );
        const report = JSON.parse(stdout) as RunReport;
        return [losses.reduce((sum, loss) => sum + loss, 0) / replicas, report.points[0].loss.simulation.value];
      });
    };
    // A run samples its loss at burn-in, one lag and two lags later: there three runs of the same seed end.
    const runs = await Promise.all([60, 80, 100].map(run));
    const mean = runs.reduce((sum, [final]) => sum + final, 0) / 3;
    expect(Math.abs(mean - runs[2][1])).toBeLessThan(1e-12 * mean);
  });
});

describe('trajectories', () => {
  it('keeps representations whose similarity is the reported one', async () => {
    // As many samples as the run takes: their mean is the mean of the run.
    const text = experiment().replace('duration: 600', 'duration: 40, trajectorySamples: 99');
    await inDirectory({ 'small.yaml': text }, async (directory) => {
      const { code, stdout, stderr } = await meander(['run', 'small.yaml', '--json', '--out', 'out'], directory);
      expect(code, stderr).toBe(0);
      const { shape, data } = await load(await readFile(join(directory, 'out/trajectory-0.npy')));
      const { points } = JSON.parse(stdout) as RunReport;
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

describe('interruption', () => {
  it('ends within 2 seconds with 130, tells the estimate so far, and leaves nothing half-written', async () => {
    const text = experiment().replace('duration: 600', 'duration: 2000000000');
    await inDirectory({ 'small.yaml': text }, async (directory) => {
      const entry = join(root, 'dist/cli/main.js');
      const run = spawn(process.execPath, [entry, 'run', 'small.yaml', '--json', '--out', 'out'], { cwd: directory });
      let [stdout, stderr] = ['', ''];
      run.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
      run.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
      const closed = once(run, 'close');
      await begun(run.stderr);
      const interrupted = performance.now();
      run.kill('SIGINT');
      const [code] = (await closed) as [number | null];
      expect(performance.now() - interrupted).toBeLessThan(2000);
      expect(code).toBe(130);
      const report = JSON.parse(stdout) as RunReport;
      expect(report.complete).toBe(false);
      const [{ replicas, steps, plan }] = report.points;
      expect(replicas).toBeGreaterThan(1);
      expect(steps).toBeLessThan(plan.replicas * (plan.burnIn + plan.duration));
      for (const { diffusion, simulation } of report.points[0].probes) {
        const { value, se } = simulation.diffusion;
        expect(Math.abs(value - diffusion)).toBeLessThan(0.2 * diffusion + 5 * se);
      }
      expect(stderr).toContain('interrupted; this is the estimate so far, out was not written');
      expect(stderr).not.toMatch(/^ +at /m);
      expect(await readdir(directory)).toEqual(['small.yaml']);
    });
  });
});

/** The progress display has said something; two seconds later the simulation is under way even on a busy machine. */
async function begun(stderr: Readable): Promise<void> {
  await once(stderr, 'data');
  await delay(2000);
}
