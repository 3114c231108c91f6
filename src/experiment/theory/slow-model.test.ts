import { describe, expect, it } from 'vitest';
import { readExperiment } from '../file/read.js';
import { prepare } from '../prepare.js';
import { runExperiment } from '../run.js';
import { theoryReport } from './theory-report.js';
import { runHere } from '../../../test/support/run-here.js';

const network = (model: object, simulation: object = {}) =>
  readExperiment({
    model: {
      ...{ hiddenUnits: 4, input: [{ kind: 'gaussian', covariance: [1.3, 1, 0.8] }], weightDecay: 0.15 },
      ...{ labelNoiseVariance: 0.2, ...model },
    },
    probes: [[1, 1, 0]],
    simulation,
  });

describe('the theory of momentum', () => {
  it.each<[string, object, object?]>([
    ['a plain network', {}],
    ['layers with rates of their own', { layerRates: [1, 3] }],
    [
      'synaptic noise, as large in every step',
      { synapticNoise: { variance: 1e-4 } },
      { synapticNoise: { variance: 4e-4 } },
    ],
    [
      'linear noise',
      { synapticNoise: { variance: 1e-4, scaling: 'linear' } },
      { synapticNoise: { variance: 16e-4, scaling: 'linear' } },
    ],
  ])('is that of the learning rate eta / (1 - mu): %s', async (_, model, withMomentum = model) => {
    const [fast] = theoryReport(await network({ ...model, learningRate: 0.004 })).points;
    const [slow] = theoryReport(await network({ ...withMomentum, learningRate: 0.001, momentum: 0.75 })).points;
    for (const quantity of ['squaredNorm', 'fluctuation', 'diffusion', 'halfLife'] as const) {
      expect((slow.probes[0][quantity] ?? NaN) / (fast.probes[0][quantity] ?? NaN)).toBeCloseTo(1, 7);
    }
    expect(slow.relaxationTime / fast.relaxationTime).toBeCloseTo(1, 7);
  });

  it('says which learning rate is beyond stability', async () => {
    const experiment = await network({ learningRate: 0.2, momentum: 0.9 });
    expect(() => theoryReport(experiment)).toThrow(/beyond stability.*learningRate \/ \(1 - momentum\) = 2\.000/);
  });
});

describe('a simulation', () => {
  // Of the order of the learning rate, some 10% here; a theory of eta alone would be off by 1 - mu or its powers.
  it.each([
    ['with momentum', { learningRate: 0.002, momentum: 0.8 }],
    ['of layers whose rates are as 1 to 3', { learningRate: 0.01, layerRates: [0.5, 1.5] }],
  ])('%s has the predicted F and D', async (_, model) => {
    const experiment = await network(model, { targetError: 0.05 });
    const { report } = await runExperiment('test', prepare(experiment), runHere);
    const [{ probes }] = report.points;
    const { fluctuation, diffusion } = probes[0].ratio;
    for (const ratio of [fluctuation, diffusion]) {
      expect(ratio?.se).toBeLessThan(0.07);
      expect(Math.abs((ratio?.value ?? NaN) - 1.1)).toBeLessThan(0.1 + 3 * (ratio?.se ?? NaN));
    }
  });
});
