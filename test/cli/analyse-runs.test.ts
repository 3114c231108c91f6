import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnalysisReport, ModelPrediction } from '#analyse';
import { npyBytes } from '#core';
import type { RunReport } from '#experiment';
import { readTrajectories } from '#library';
import { generator, NormalSource } from '#random';
import { inDirectory } from '../support/directory.js';
import { meander, meanderJson, meanderOutput } from '../support/meander.js';

const experiment = `
model: { hiddenUnits: 30, input: [{ kind: gaussian, covariance: [1.3, 1.0, 0.8] }], learningRate: 0.08, weightDecay: 0.2 }
probes: [{ stimulus: [1, 0, 0], label: rare }, [0, 1, 1]]
simulation: { replicas: 72, seed: 3, lag: 25, duration: 80000, trajectorySamples: 17 }
`;

const walk = npyBytes(
  '<f8',
  [4, 2, 5],
  Float64Array.from({ length: 40 }, (_, i) => 2 + Math.sin(i * i)),
);

describe('meander analyse of a run directory', () => {
  let directory = '';
  let run: RunReport['points'][number];
  let release = (): void => undefined;
  let made: Promise<void>;

  beforeAll(async () => {
    await new Promise<void>((ready, failed) => {
      made = inDirectory({ 'turning.yaml': experiment, 'walk.npy': walk }, async (path) => {
        await meanderOutput(['run', 'turning.yaml', '--out', 'run'], path);
        run = (await meanderJson<RunReport>(['run', 'turning.yaml', '--out', 'run', '--json'], path)).points[0];
        directory = path;
        ready();
        await new Promise<void>((done) => (release = done));
      });
      made.catch(failed);
    });
  });
  afterAll(async () => {
    release();
    await made;
  });

  /** D and F of both probes agree with those that the run measured in the frame of the manifold. */
  function expectRecovered({ stimuli }: AnalysisReport): void {
    stimuli.forEach((stimulus, k) => {
      for (const name of ['diffusion', 'fluctuation'] as const) {
        const [{ value, se }, expected] = [stimulus[name], run.probes[k].simulation[name]];
        if (value === null || se === null) throw new Error(`${name} of probe ${k + 1} was not determined`);
        expect(se / value, `error of ${name}`).toBeLessThan(name === 'diffusion' ? 0.1 : 0.15);
        expect(Math.abs(value - expected.value) / Math.hypot(se, expected.se), name).toBeLessThan(3.5);
      }
    });
  }

  it('takes replicas for animals, steps for times and labelled probes for stimuli, and recovers D and F', async () => {
    const report = await meanderJson<AnalysisReport>(['analyse', 'run', '--json'], directory);
    expect(report.animals).toHaveLength(72);
    expect(report.animals[0]).toMatchObject({ name: 'replica 1', sessions: 17, timeUnit: 'step', noiseFree: true });
    expect(report.animals[0].times.at(-1)).toBe(80_000);
    expect(report.stimuli.map(({ label }) => label)).toEqual(['rare', '2']);
    expectRecovered(report);
  });

  it('recovers D and F of the run from its trajectories with trial noise', async () => {
    const { replicas, steps, probes, units } = await readTrajectories(join(directory, 'run'));
    const noise = new NormalSource(generator(5, 0, 'normal'), generator(5, 0, 'retry'));
    const [trials, size] = [4, probes * units];
    const names = replicas.map((_, r) => `network-${r + 1}.npy`);
    for (const [r, codes] of replicas.entries()) {
      const values = Float64Array.from({ length: trials * codes.length }, (_, i) => {
        const session = Math.floor(i / (trials * size));
        return codes[session * size + (i % size)] + 0.03 * noise.next();
      });
      await writeFile(join(directory, names[r]), npyBytes('<f8', [steps.length, trials, probes, units], values));
    }
    const axes = ['--axes', 'session,trial,stimulus,neuron', '--times', steps.join(','), '--unit', 'step'];
    expectRecovered(await meanderJson<AnalysisReport>(['analyse', ...names, ...axes, '--json'], directory));
  });

  it('shows many networks only together, and counts them', async () => {
    const output = await meanderOutput(['analyse', 'run'], directory);
    expect(output).toContain('… and 60 more\ndeclared: point 0: replicas are networks');
    expect(output).toContain('all 72 animals together');
    expect(output).not.toContain('replica 1: means over');
    expect(output).toMatch(/│ shuffledNeurons +│ passed +│ Passed in 72 of 72, failed in 0/);
  });

  it('puts the prediction of the experiment file beside it, by label, as table, JSON and lines of figures 1 and 2', async () => {
    const args = ['analyse', 'run', '--model', 'turning.yaml'];
    const { model } = await meanderJson<AnalysisReport>([...args, '--json'], directory);
    model?.stimuli.forEach(({ relativeDiffusion, relativeFluctuation }, k) => {
      const { fluctuation, squaredNorm, ...theory } = run.probes[k];
      expect(relativeDiffusion).toBeCloseTo(theory.relativeDiffusion ?? NaN, 15);
      expect(relativeFluctuation).toBeCloseTo(fluctuation / squaredNorm, 12);
    });
    // Of both probes: the self-correlation decays at about half of D/|h|² over the longest gap.
    const { gap, selfCorrelation } = model?.gaps.at(-1) ?? {};
    expect(gap).toBe(80_000);
    const rates = run.probes.map(({ relativeDiffusion }) => Math.exp((-80_000 * (relativeDiffusion ?? NaN)) / 2));
    expect(selfCorrelation).toBeCloseTo((rates[0] + rates[1]) / 2, 1);
    const output = await meanderOutput([...args, '--out', 'beside'], directory);
    expect(output).toContain('Prediction of the model in turning.yaml, of which nothing was fitted here');
    expect(readFileSync(join(directory, 'beside/figures/together-displacement.svg'), 'utf8')).toContain(
      'prediction of turning.yaml',
    );
    const { code, stderr } = await meander(
      ['analyse', 'walk.npy', '--axes', 'session,stimulus,neuron', '--unit', 'day', '--model', 'turning.yaml'],
      directory,
    );
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('expected --model-steps') as string,
    });
  });

  it('predicts the point of a sweep that is chosen, and refuses a model before the recording is read', async () => {
    const sweep =
      experiment.replace('weightDecay: 0.2', 'weightDecay: 0.1') + 'sweep: { model.weightDecay: [0.1, 0.2] }\n';
    await writeFile(join(directory, 'sweep.yaml'), sweep);
    await writeFile(join(directory, 'relu.yaml'), experiment.replace('hiddenUnits', 'activation: relu, hiddenUnits'));
    const phases = 'phases: [{ name: first }, { name: second, learningRate: 0.04 }]\n';
    await writeFile(join(directory, 'phases.yaml'), experiment + phases);
    const modelOf = async (...args: readonly string[]): Promise<unknown> =>
      (await meanderJson<AnalysisReport>(['analyse', 'run', '--json', '--model', ...args], directory)).model;
    const alone = await modelOf('turning.yaml');
    const chosen = await modelOf('sweep.yaml', '--model-point', '1');
    expect(chosen).toEqual({ ...(alone as object), file: 'sweep.yaml (point 1)' });
    const { stimuli, gaps } = alone as ModelPrediction;
    expect(await modelOf('sweep.yaml', '--model-point', '0')).not.toMatchObject({ stimuli, gaps });
    // No recording is there.
    for (const [args, message] of [
      [['--model', 'sweep.yaml'], 'sweep.yaml: has 2 points, expected --model-point with one of 0 to 1'],
      [['--model', 'sweep.yaml', '--model-point', '2'], 'sweep.yaml: found --model-point 2, expected 0 to 1'],
      [['--model', 'phases.yaml'], 'phases.yaml: has phases, expected an experiment without'],
      [['--model', 'relu.yaml'], 'relu.yaml: the theory does not predict it: '],
      [['--model-point', '1'], '--model-point: is of a model, and no --model is named'],
    ] as const) {
      const { code, stdout, stderr } = await meander(['analyse', 'absent.npy', ...args], directory);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain(message);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    }
    // Stimuli that no probe stands for are found before the analysis.
    const other = experiment.replace('label: rare }, [0, 1, 1]]', 'label: rare }, [0, 1, 1], [1, 1, 0]]');
    await writeFile(join(directory, 'other.yaml'), other);
    const { code, stderr } = await meander(['analyse', 'run', '--json', '--model', 'other.yaml'], directory);
    expect([code, stderr.includes('has 3 probes and the recording 2 stimuli')]).toEqual([2, true]);
    expect(stderr).not.toContain('analysing');
  });

  it.each([
    [['run', '--axes', 'session,stimulus,neuron'], '--axes: run is a run directory, which names its axes'],
    [['run', '--point', '1'], 'run: found point 1, expected 0 to 0'],
    [['run', 'network.npy'], 'run is a run directory and network.npy is none'],
    [['network.npy', '--point', '0'], '--point: is of run directories'],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await meander(['analyse', ...args], directory);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });
});

it('meander analyse wants --point of a sweep, and trajectories', () =>
  inDirectory(
    {
      'sweep.yaml':
        'model: { hiddenUnits: 3, input: [{ kind: gaussian, covariance: [1.3, 1] }], learningRate: 0.02, weightDecay: 0.1 }\n' +
        'simulation: { replicas: 2, seed: 3, burnIn: 50, lag: 20, duration: 600, trajectorySamples: 6 }\n' +
        'sweep: { model.weightDecay: [0.1, 0.2] }\n',
    },
    async (directory) => {
      await meanderOutput(['sweep', 'sweep.yaml', '--out', 'run'], directory);
      expect((await meander(['analyse', 'run'], directory)).stderr).toContain(
        'run: has 2 points, expected --point with one of 0 to 1',
      );
      // Two modes need two units, an analysis three.
      const { animals } = await meanderJson<AnalysisReport>(['analyse', 'run', '--point', '1', '--json'], directory);
      expect(animals.map(({ neurons }) => neurons)).toEqual([3, 3]);
      await writeFile(
        join(directory, 'bare.yaml'),
        'model: { hiddenUnits: 3, input: [{ kind: gaussian, covariance: [1.3, 1] }], learningRate: 0.02, weightDecay: 0.1 }\n' +
          'simulation: { replicas: 2, seed: 3, burnIn: 50, lag: 20, duration: 600 }\n',
      );
      await meanderOutput(['sweep', 'bare.yaml', '--out', 'bare'], directory);
      expect((await meander(['analyse', 'bare'], directory)).stderr).toContain('bare: keeps no trajectories');
    },
  ));
