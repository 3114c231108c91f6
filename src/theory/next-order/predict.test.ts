import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply, diagonal, fromData, identity, multiply, qr, add, transpose, type Matrix } from '#linalg';
import { gaussianPart, inputDistribution, type Model } from '#model';
import { predict, predictNextOrder } from '../index.js';
import { minimum } from '../minimum/minimum.js';
import { rotate } from '../rotation/planes.js';
import { fluctuation } from '../solvers/general/fluctuation.js';
import { noiseCovariance } from '../solvers/general/gradient-noise.js';
import { normalSpace } from '../solvers/general/hessian.js';
import { modeCoordinates } from '../solvers/general/mode-coordinates.js';

const modelOf = (covariance: Matrix, target: Matrix, changes: Partial<Model> = {}): Model => ({
  hiddenUnits: 8,
  target,
  input: inputDistribution(covariance.rows, [gaussianPart(1, covariance)], []),
  learningRate: 0.01,
  weightDecay: 0.1,
  labelNoiseVariance: 0.2,
  batchSize: 1,
  ...changes,
});

const target = fromData(2, 3, Float64Array.of(1.2, 0.3, -0.1, -0.2, 0.9, 0.4));
const variances = diagonal([1.4, 1, 0.7]);
const stimulus = Float64Array.of(0.3, -1, 0.8);
const quantities = ['squaredNorm', 'fluctuation', 'diffusion', 'directedSpeed'] as const;

describe('the next order', () => {
  it('of one rate after another is that of the rate alone, and not that of another model', () => {
    const at = (learningRate: number, changes: Partial<Model> = {}) =>
      predictNextOrder(modelOf(variances, target, { learningRate, ...changes }), [stimulus]);
    const alone = at(0.02);
    const noisy = at(0.01, { labelNoiseVariance: 0.3 });
    const before = at(0.01);
    expect(at(0.02)).toEqual(alone);
    expect(before.probes[0].fluctuation).not.toBe(noisy.probes[0].fluctuation);
    expect(at(0.01, { labelNoiseVariance: 0.3 })).toEqual(noisy);
  });

  it('does not depend on the coordinates of input and output', () => {
    const orthogonal = (n: number) =>
      fc
        .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: n * n, maxLength: n * n })
        .map((data) => qr(add(fromData(n, n, Float64Array.from(data)), identity(n), 3)).q);
    const [plain] = predictNextOrder(modelOf(variances, target), [stimulus]).probes;
    fc.assert(
      fc.property(orthogonal(3), orthogonal(2), (inputTurn, outputTurn) => {
        const turned = modelOf(
          multiply(inputTurn, variances, transpose(inputTurn)),
          multiply(outputTurn, target, transpose(inputTurn)),
        );
        const [found] = predictNextOrder(turned, [apply(inputTurn, stimulus)]).probes;
        for (const quantity of quantities) expect(found[quantity] / plain[quantity]).toBeCloseTo(1, 8);
      }),
      { numRuns: 5, seed: 3 },
    );
  });

  it('is a correction of relative order eta', () => {
    const corrections = [0.01, 0.005].map((learningRate) => {
      const model = modelOf(variances, target, { learningRate });
      const [leading] = predict(model, [stimulus]).probes;
      const [next] = predictNextOrder(model, [stimulus]).probes;
      return quantities.map((quantity) => (next[quantity] / leading[quantity] - 1) / learningRate);
    });
    quantities.slice(0, 3).forEach((_, k) => {
      expect(Math.abs(corrections[0][k])).toBeGreaterThan(0.1);
      expect(corrections[0][k] / corrections[1][k]).toBeCloseTo(1, 8);
    });
    // The length of a vector is not linear in its correction.
    expect(Math.abs(corrections[0][3])).toBeGreaterThan(0.1);
    expect(corrections[0][3] / corrections[1][3]).toBeCloseTo(1, 1);
  });

  it('has no directed motion where reflections forbid it, and no drift at all of one mode', () => {
    const commuting = modelOf(variances, diagonal([1.2, 0.9], 2, 3));
    expect(predict(commuting, [stimulus]).probes[0].directedSpeed).toBe(0);
    const [probe] = predictNextOrder(commuting, [stimulus]).probes;
    expect(probe.directedSpeed).toBe(0);
    expect([...probe.driftDirection]).toEqual([0, 0]);
    const [single] = predictNextOrder(modelOf(variances, target, { hiddenUnits: 1 }), [stimulus]).probes;
    expect([single.diffusion, single.directedSpeed]).toEqual([0, 0]);
    expect(single.fluctuation).toBeGreaterThan(0);
    expect(single.learningRateError.diffusion).toBe(0);
  });

  it('agrees with its own drift: the motion of c, and D, to the order after the next', () => {
    const model = modelOf(variances, target, { learningRate: 1e-3 });
    const { probes, drift } = predictNextOrder(model, [stimulus]);
    const [{ representation: c, diffusion, directedSpeed, driftDirection }] = probes;
    const motion = rotate(drift.velocity, c);
    motion.forEach((value, a) => {
      expect(value / (directedSpeed * driftDirection[a])).toBeCloseTo(1, 4);
    });
    expect(drift.diffusion.diffusionOf(c).value / diffusion).toBeCloseTo(1, 4);
  });

  it('of large batches is that of discrete steps: F has eta C_ij / (mu_i + mu_j - eta mu_i mu_j)', () => {
    const model = modelOf(variances, target, { batchSize: 1e7 });
    const modes = modeCoordinates(model, minimum(model));
    const normal = normalSpace(model, modes);
    const noise = noiseCovariance(model, modes, normal);
    const exact = fromData(
      normal.length,
      normal.length,
      noise.data.map((value, at) => {
        const [a, b] = [Math.floor(at / normal.length), at % normal.length].map((i) => normal[i].curvature);
        const relaxation = (a + b) / model.learningRate;
        return (value / relaxation) * (1 + (a * b) / relaxation);
      }),
    );
    const expected = fluctuation(minimum(model), modes, normal, exact).fluctuation(stimulus);
    expect(predictNextOrder(model, [stimulus]).probes[0].fluctuation / expected).toBeCloseTo(1, 6);
  });
});

describe('the error that the learning rate leaves', () => {
  it('falls as eta^2', () => {
    const [far, near] = [0.01, 0.005].map((learningRate) => {
      return predictNextOrder(modelOf(variances, target, { learningRate }), [stimulus]).probes[0].learningRateError;
    });
    for (const quantity of quantities) {
      expect(far[quantity]).toBeGreaterThan(0);
      expect(Math.abs(far[quantity] / near[quantity] - 4)).toBeLessThan(0.5);
    }
  });

  it('is larger than everything where a bottleneck makes the expansion diverge, and a few percent where it serves', () => {
    const covariance = diagonal([2, 1.7, 1.4, 0.6, 0.5, 0.4]);
    const bottleneck = modelOf(covariance, identity(6), {
      hiddenUnits: 3,
      weightDecay: 0.05,
      labelNoiseVariance: 0,
      learningRate: 0.02,
    });
    const [broken] = predictNextOrder(bottleneck, [Float64Array.of(1, 0, 0, 0, 0, 0)]).probes;
    expect(broken.learningRateError.fluctuation).toBeGreaterThan(1);
    expect(broken.learningRateError.diffusion).toBeGreaterThan(1);
    const [fine] = predictNextOrder(modelOf(variances, target), [stimulus]).probes;
    expect(fine.learningRateError.diffusion).toBeLessThan(0.05);
  });
});
