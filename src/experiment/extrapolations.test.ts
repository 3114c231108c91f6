import { describe, expect, it } from 'vitest';
import type { Extrapolation } from '#compare';
import type { Estimate } from '#core';
import { extrapolationOf } from './extrapolations.js';
import { readExperiment } from './file/read.js';
import { preparePoint } from './prepare.js';
import { perQuantity } from './quantities.js';
import { expectedRatios } from './theory/expected-ratios.js';

/**
 * Simulation / theory of D of an autoencoder with synaptic noise, at three learning rates, by a program that shares nothing with this one:
 * 512 replicas of 6,000 increments, +- 0.0015. At rate 0.005 it gives 0.9999 +- 0.0014.
 */
const simulated = new Map([
  [0.04, 1.0504],
  [0.02, 1.0096],
  [0.01, 1.004],
]);

/** Standard error of each ratio in a full reproduction. */
const SE = 0.0048;

async function limitOfD(withTheory: boolean): Promise<Extrapolation | null> {
  const { points } = await readExperiment({
    model: {
      ...{ hiddenUnits: 2, weightDecay: 0.4, synapticNoise: { variance: 0.0003 }, learningRate: 0.04 },
      input: [{ kind: 'gaussian', covariance: [1, 1] }],
    },
    probes: [[1, 0]],
    sweep: { 'model.learningRate': [...simulated.keys()] },
  });
  const prepared = points.map((point) => preparePoint(point));
  const ratioOf = (learningRate: number): Estimate => ({ value: simulated.get(learningRate) ?? NaN, se: SE });
  const { probes } = extrapolationOf(
    prepared.map(({ point: { model } }) => ({
      parameters: { learningRate: model.learningRate },
      probes: [{ ratio: perQuantity((name) => (name === 'diffusion' ? ratioOf(model.learningRate) : null)) }],
    })),
    prepared.map((own) => (withTheory ? expectedRatios(own.point, own) : null)),
  );
  return probes[0].diffusion;
}

describe('the limit of drift by synaptic noise beside that by learning', () => {
  it('is 1 within a third of its error, where a straight line is three errors low', async () => {
    const [fit, straight] = [await limitOfD(true), await limitOfD(false)];
    expect(fit?.method).toBe('bySource');
    expect(fit?.limit.se).toBeLessThan(0.009);
    expect(Math.abs((fit?.limit.value ?? NaN) - 1) / (fit?.limit.se ?? NaN)).toBeLessThan(1 / 3);
    expect(((straight?.limit.value ?? NaN) - 1) / (straight?.limit.se ?? NaN)).toBeLessThan(-2.5);
  });
});
