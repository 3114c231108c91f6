import { describe, expect, it } from 'vitest';
import { readExperiment } from '../file/read.js';
import { snapshotExpectedRatios, snapshotPoint } from '../point-snapshot.js';
import { preparePoint } from '../prepare.js';
import { expectedRatios, type ExpectedRatios } from './expected-ratios.js';

const input = [{ kind: 'gaussian', covariance: [1.2, 1] }];
const network = { hiddenUnits: 3, input, weightDecay: 0.3, learningRate: 0.02 };
const synapticNoise = { variance: 0.0003 };

/** Of a model, and of its point in a run directory, which must say the same. */
async function ratiosOf(model: object): Promise<ExpectedRatios | null> {
  const { points } = await readExperiment({ model, probes: 'axes' });
  const prepared = preparePoint(points[0]);
  const ratios = expectedRatios(prepared.point, prepared);
  expect(snapshotExpectedRatios(snapshotPoint(prepared), 'automatic')).toEqual(ratios);
  return ratios;
}

/** Of D. */
const diffusionOf = async (model: object) => (await ratiosOf(model))?.[0].diffusion;

describe('what is known beyond the leading order of ratios simulation / theory', () => {
  it('is, with synaptic noise, the share of D by learning, and its next order as without that noise', async () => {
    const learning = await diffusionOf(network);
    expect(learning).toMatchObject({ vanishing: null, nextOrder: expect.any(Number) as number });
    const both = await diffusionOf({ ...network, synapticNoise });
    const [{ diffusion }] = preparePoint((await readExperiment({ model: network, probes: 'axes' })).points[0])
      .prediction.probes;
    // eta sigma^2 c^2 [1 / (2 (s_1 + s_2)) + 1 / (2 s_1)]
    const [s, other] = [1 - 0.3 / 1.2, 1 - 0.3];
    const synaptic = 0.02 * 0.0003 * s * (1 / (2 * (s + other)) + 1 / (2 * s));
    expect(both?.nextOrder).toBeNull();
    expect(both?.vanishing?.share).toBeCloseTo(diffusion / (diffusion + synaptic), 9);
    expect(both?.vanishing?.nextOrder).toBeCloseTo(learning?.nextOrder ?? NaN, 12);
  });

  it('is the next order of learning where synaptic noise is none, and nothing of F where it is some', async () => {
    const learning = (await ratiosOf(network))?.[0];
    const none = (await ratiosOf({ ...network, synapticNoise: { variance: 0 } }))?.[0];
    expect(none?.diffusion.nextOrder).toBeCloseTo(learning?.diffusion.nextOrder ?? NaN, 12);
    expect(none?.fluctuation.nextOrder).toBeCloseTo(learning?.fluctuation.nextOrder ?? NaN, 12);
    const some = (await ratiosOf({ ...network, synapticNoise }))?.[0];
    expect(some?.fluctuation).toEqual({ nextOrder: null, vanishing: null });
  });

  it.each<[string, object]>([
    ['Oja’s rule', { rule: 'oja', outputs: 2, input: [{ kind: 'gaussian', covariance: [1.2, 1, 0.3] }] }],
    ['layers of different rates', { ...network, layerRates: [1, 2] }],
    ['momentum', { ...network, momentum: 0.5 }],
  ])('is the share alone, for %s', async (_, model) => {
    const vanishing = (await diffusionOf({ learningRate: 0.02, ...model, synapticNoise }))?.vanishing;
    expect(vanishing).toMatchObject({ nextOrder: null });
    expect(vanishing?.share).toBeGreaterThan(0.01);
  });

  it('is nothing where synaptic noise acts alone', async () => {
    const alone = { ...network, synapticNoise, noiseSource: 'synaptic' };
    expect(await diffusionOf(alone)).toEqual({ nextOrder: null, vanishing: null });
  });
});
