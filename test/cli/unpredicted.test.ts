import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/experiment/index.js';
import { inDirectory } from '../support/directory.js';
import { meander, meanderJson, meanderOutput } from '../support/meander.js';

const times = { replicas: 8, burnIn: 400, lag: 50, duration: 800, start: { random: 0.3 } };
const file = (model: object, simulation: object = times): Record<string, string> => ({
  'file.json': JSON.stringify({
    model: { ...model, input: [{ kind: 'gaussian', covariance: [1, 0.8] }], learningRate: 0.05 },
    simulation,
  }),
});

const networks: readonly (readonly [what: string, model: object, why: string])[] = [
  ['relu', { hiddenUnits: 6, weightDecay: 0.1, activation: 'relu' }, 'with relu units no rotation'],
  [
    'dropout',
    { hiddenUnits: 6, weightDecay: 0.1, dropout: { nodes: 0.2, weights: 0.1 } },
    'with dropout of units and dropout of weights no rotation',
  ],
  ['two hidden layers of tanh', { rule: 'deep', hiddenLayers: [5, 4], weightDecay: 0.05, activation: 'tanh' }, 'tanh'],
  ['no weight decay', { hiddenUnits: 6, weightDecay: 0 }, 'without weight decay the minimum-loss manifold is larger'],
];

describe('a network that no theory predicts', () => {
  it.each(networks)('of %s is measured, and its report says why it is not predicted', async (_, model, why) => {
    await inDirectory(file({ labelNoiseVariance: 0.1, ...model }), async (directory) => {
      const { points } = await meanderJson<RunReport<null>>(['run', 'file.json'], directory);
      const [{ probes, unpredicted, loss }] = points;
      expect(unpredicted).toContain(why);
      expect(loss.theory).toBeNull();
      for (const { simulation, diffusion, ratio } of probes) {
        expect([diffusion, ratio.diffusion]).toEqual([null, null]);
        expect(simulation.squaredNorm.value).toBeGreaterThan(5 * simulation.squaredNorm.se);
        expect(simulation.diffusion.se).toBeGreaterThan(0);
      }
      const theory = await meander(['theory', 'file.json'], directory);
      expect(theory.code).toBe(2);
      expect(theory.stderr).toContain(why.replace(' the minimum-loss manifold is larger', ''));
    });
  });

  it('has a table of measurements alone, with the reason above it', async () => {
    await inDirectory(file(networks[0][1]), async (directory) => {
      const output = await meanderOutput(['run', 'file.json'], directory);
      expect(output).toContain(`nothing is predicted, all is measured: ${networks[0][2]}`);
      expect(output).toMatch(/│ probe +│ +│ +simulation │/);
      expect(output).not.toContain('theory');
    });
  });

  it('finds its times by a pilot run, the same whatever runs beside it', async () => {
    const simulation = { replicas: 8, targetError: 0.5, start: { random: 0.3 } };
    const model = { hiddenUnits: 4, weightDecay: 0.2, labelNoiseVariance: 0.1, activation: 'relu' };
    await inDirectory(file(model, simulation), async (directory) => {
      const [first, second] = await Promise.all(
        [1, 2].map(() =>
          meanderJson<{ points: { lag: number; burnIn: number }[] }>(['run', 'file.json', '--plan'], directory),
        ),
      );
      expect(first.points).toEqual(second.points);
      // Weights relax over 1 / (2 eta gamma) = 50 steps, and learning takes some of that.
      expect(first.points[0].lag).toBeGreaterThan(50);
      expect(first.points[0].burnIn).toBeGreaterThan(first.points[0].lag);
    });
  });

  it.each([
    ['relu', networks[0][1], 'with relu units no rotation of the hidden layer is a symmetry'],
    [
      'no weight decay',
      networks[3][1],
      'without weight decay the minimum-loss manifold is larger than the rotations of the hidden layer',
    ],
  ])('needs random weights to start from: %s', async (_, model, why) => {
    await inDirectory(file(model, { replicas: 8 }), async (directory) => {
      const { code, stderr } = await meander(['run', 'file.json'], directory);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^file\.json:1:\d+: simulation\.start: .*\n$/);
      expect(stderr).toContain(
        `${why}, and no point to start from is known: expected start: {random: STANDARD DEVIATION}`,
      );
    });
  });

  it('without weight decay has no theory, which says what to give', async () => {
    await inDirectory(file(networks[3][1]), async (directory) => {
      const { code, stderr } = await meander(['theory', 'file.json'], directory);
      expect(code).toBe(2);
      expect(stderr).toContain(
        'model.weightDecay: without weight decay (weightDecay 0) the minimum-loss manifold is larger than the rotations of the hidden layer and the theory makes no prediction; give weightDecay a positive value',
      );
    });
  });

  it('has a run directory like any other', async () => {
    await inDirectory(file(networks[0][1]), async (directory) => {
      await meanderOutput(['run', 'file.json', '--out', 'run'], directory);
      const again = await meanderJson<RunReport<null>>(['run', 'file.json', '--out', 'run'], directory);
      const here = await meanderJson<RunReport<null>>(['run', 'file.json'], directory);
      expect(again).toEqual(here);
      expect(await meanderOutput(['show', 'run'], directory)).toContain('diffusionSimulation');
    });
  });
});

describe('epochs', () => {
  const stimuli = [
    [1.2, 0.1],
    [-0.9, 0.6],
    [0.3, -1.1],
    [-0.5, -0.4],
  ];
  const inEpochs = (component: object, simulation: object): Record<string, string> => ({
    'file.json': JSON.stringify({
      model: { hiddenUnits: 3, input: [component], learningRate: 0.05, weightDecay: 0.1 },
      simulation,
      sweep: { 'model.input.0.sampling': ['independent', 'epochs'] },
    }),
  });

  it('make drift many times slower than independent samples, in frames of the same fixed point', async () => {
    const files = inEpochs({ kind: 'dictionary', stimuli }, { replicas: 32, targetError: 0.15 });
    await inDirectory(files, async (directory) => {
      const [independent, epochs] = (await meanderJson<RunReport<null>>(['run', 'file.json'], directory)).points;
      expect([independent.unpredicted, epochs.unpredicted]).toEqual([
        undefined,
        'in epochs the samples of successive steps depend on each other',
      ]);
      expect(epochs.plan).toMatchObject({ lag: independent.plan.lag, burnIn: independent.plan.burnIn });
      expect(epochs.directedVelocity).toHaveLength(1);
      independent.probes.forEach(({ simulation: { diffusion, squaredNorm } }, k) => {
        const { simulation } = epochs.probes[k];
        expect(simulation.diffusion.value).toBeGreaterThan(3 * simulation.diffusion.se);
        expect(diffusion.value / simulation.diffusion.value).toBeGreaterThan(10);
        expect(Math.abs(simulation.squaredNorm.value / squaredNorm.value - 1)).toBeLessThan(0.03);
      });
    });
  });

  it('are refused where some stimuli come more often than others', async () => {
    const files = inEpochs({ kind: 'dictionary', stimuli, probabilities: [0.4, 0.2, 0.2, 0.2] }, { replicas: 2 });
    await inDirectory(files, async (directory) => {
      const { code, stderr } = await meander(['run', 'file.json'], directory);
      expect(code).toBe(2);
      expect(stderr).toContain('found epochs with probabilities that differ, expected all stimuli equally often');
    });
  });
});
