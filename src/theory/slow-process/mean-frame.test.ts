import { describe, expect, it } from 'vitest';
import { add, apply, diagonal, dot, fromData, identity, maxAbs, scale, type Matrix } from '#linalg';
import { gaussianPart, inputDistribution, type Model } from '#model';
import { isotropicAutoencoder, predict, type Drift } from '../index.js';
import { DenseCovariance } from '../rotation/dense.js';
import { decayRates, meanFrameGenerator, meanRotationMinusIdentity } from './mean-frame.js';

const modelOf = (covariance: Matrix, target: Matrix): Model => ({
  hiddenUnits: 8,
  target,
  input: inputDistribution(covariance.rows, [gaussianPart(1, covariance)], []),
  learningRate: 0.01,
  weightDecay: 0.1,
  labelNoiseVariance: 0.2,
  batchSize: 1,
});

/** Diffusion and directed drift in three planes of comparable strength: nothing commutes. */
const drift: Drift = {
  planes: [
    { a: 0, b: 1 },
    { a: 0, b: 2 },
    { a: 1, b: 2 },
  ],
  diffusion: new DenseCovariance(fromData(3, 3, Float64Array.of(1, 0.3, -0.2, 0.3, 0.5, 0.1, -0.2, 0.1, 0.7))),
  velocity: Float64Array.of(0.4, -0.3, 0.2),
};

describe('the generator of the mean frame', () => {
  it('moves a representation by |v| and lets it decay by D/2', () => {
    const target = fromData(3, 3, Float64Array.of(1.2, 0.3, -0.1, -0.2, 0.9, 0.4, 0.1, -0.5, 1.1));
    const { drift: found, probes } = predict(modelOf(diagonal([1.5, 1.2, 0.9]), target), [
      [1, 0.2, -0.4],
      [0, 1, 0],
    ]);
    const { directed, diffusive } = meanFrameGenerator(found, 3);
    for (const { representation: c, diffusion, directedSpeed } of probes) {
      expect(-2 * dot(c, apply(diffusive, c))).toBeCloseTo(diffusion, 15);
      expect((-2 * dot(c, apply(diffusive, c))) / diffusion).toBeCloseTo(1, 10);
      expect(Math.hypot(...apply(directed, c)) / directedSpeed).toBeCloseTo(1, 10);
    }
  });

  it('has the decay rates (n - 1) kappa / 2 for the isotropic autoencoder', () => {
    const n = 4;
    const model = modelOf(identity(n), identity(n));
    const { drift: found } = predict(model, []);
    const { rotationVariance } = isotropicAutoencoder({ ...model, inputs: n, variance: 1 });
    for (const rate of decayRates(meanFrameGenerator(found, n)))
      expect(rate / rotationVariance).toBeCloseTo((n - 1) / 2, 9);
  });

  it('has the same mean after half the time at twice the rates', () => {
    const half = {
      ...drift,
      diffusion: new DenseCovariance(scale(drift.diffusion.dense(), 0.5)),
      velocity: drift.velocity.map((v) => v / 2),
    };
    const [a] = meanRotationMinusIdentity(drift, 3, [0.4]);
    const [b] = meanRotationMinusIdentity(half, 3, [0.8]);
    expect(maxAbs(add(a, b, -1))).toBeLessThan(1e-13);
  });
});
