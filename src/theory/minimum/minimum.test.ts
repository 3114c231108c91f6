import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, fromData, identity, inner, multiply, norm, scale, sliceCols, svd, transpose, type Matrix } from '#linalg';
import { gaussianPart, inputDistribution, populationLoss, secondMoment, type Model } from '#model';
import { generator } from '#random';
import { minimumLoss, minimumTheta, type Minimum } from './manifold.js';
import { minimum } from './minimum.js';

/** A task and an input that share no axes; `seed` makes each another one. */
function randomModel(seed: number, changes: Partial<Model> = {}): Model {
  const random = generator(seed, 0, 'start');
  const table = (rows: number, cols: number): Matrix =>
    fromData(
      rows,
      cols,
      Float64Array.from({ length: rows * cols }, () => 2 * random.uniform() - 1),
    );
  const root = table(4, 4);
  return {
    hiddenUnits: 9,
    target: table(3, 4),
    input: inputDistribution(4, [gaussianPart(1, add(multiply(root, transpose(root)), identity(4), 0.4))], []),
    learningRate: 0.01,
    weightDecay: 0.05,
    labelNoiseVariance: 0,
    batchSize: 1,
    ...changes,
  };
}

const seeds = fc.integer({ min: 1, max: 10_000 });

/** Plain gradient descent on the factors: slow, independent, and an upper bound of the minimum. */
function descend(model: Model, seed: number, rank: number): number {
  const loss = populationLoss(model);
  const { sigma, target } = { sigma: model.input.gaussians[0].covariance, target: model.target };
  const random = generator(seed, 1, 'start');
  const [n, m] = [target.cols, target.rows];
  const start = (rows: number, cols: number): Matrix =>
    fromData(
      rows,
      cols,
      Float64Array.from({ length: rows * cols }, () => random.uniform() - 0.5),
    );
  let [w1, w2t] = [start(rank, n), start(rank, m)];
  for (let step = 0; step < 4000; step++) {
    const correlation = multiply(add(target, multiply(transpose(w2t), w1), -1), sigma);
    const g1 = add(scale(w1, model.weightDecay), multiply(w2t, correlation), -1);
    const g2 = add(scale(w2t, model.weightDecay), multiply(w1, transpose(correlation)), -1);
    w1 = add(w1, g1, -0.1);
    w2t = add(w2t, g2, -0.1);
  }
  const theta = fromData(rank, n + m, new Float64Array(rank * (n + m)));
  for (let a = 0; a < rank; a++) {
    theta.data.set(w1.data.subarray(a * n, (a + 1) * n), a * (n + m));
    theta.data.set(w2t.data.subarray(a * m, (a + 1) * m), a * (n + m) + n);
  }
  return loss(theta).regularized;
}

/** Relative departure of the gradient from 0: |W2^T R Sigma - gamma W1| + |...|. */
function stationarity(model: Model, min: Minimum): number {
  const theta = minimumTheta(min);
  const n = model.target.cols;
  const w1 = sliceCols(theta, 0, n);
  const w2t = sliceCols(theta, n, theta.cols);
  const correlation = multiply(add(model.target, multiply(transpose(w2t), w1), -1), secondMoment(model.input));
  const g1 = add(multiply(w2t, correlation), w1, -model.weightDecay);
  const g2 = add(multiply(w1, transpose(correlation)), w2t, -model.weightDecay);
  return (norm(g1) + norm(g2)) / (model.weightDecay * norm(theta));
}

describe('the minimum of a task that shares no axes with the input', () => {
  it('is stationary, its two layers balanced', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const model = randomModel(seed);
        const min = minimum(model);
        expect(stationarity(model, min)).toBeLessThan(1e-11);
        const theta = minimumTheta(min);
        const w1 = sliceCols(theta, 0, 4);
        const w2t = sliceCols(theta, 4, 7);
        const imbalance = add(multiply(w1, transpose(w1)), multiply(w2t, transpose(w2t)), -1);
        expect(Math.sqrt(inner(imbalance, imbalance))).toBeLessThan(1e-12);
      }),
      { numRuns: 25, seed: 3 },
    );
  });

  it('is the global minimum: the residual correlation has no singular value above the weight decay', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const model = randomModel(seed);
        const theta = minimumTheta(minimum(model));
        const m = multiply(transpose(sliceCols(theta, 4, 7)), sliceCols(theta, 0, 4));
        const { s } = svd(multiply(add(model.target, m, -1), model.input.gaussians[0].covariance));
        expect(s[0]).toBeLessThan(model.weightDecay * (1 + 1e-9));
      }),
      { numRuns: 25, seed: 4 },
    );
  });

  it.each([1, 2])(
    'under a bottleneck of %i units is as low as gradient descent gets from three starts',
    (hiddenUnits) => {
      for (const seed of [11, 12, 13, 14]) {
        const model = randomModel(seed, { hiddenUnits });
        const min = minimum(model);
        expect(min.singularValues.length).toBe(hiddenUnits);
        expect(stationarity(model, min)).toBeLessThan(1e-10);
        const lowest = Math.min(...[1, 2, 3].map((start) => descend(model, start, hiddenUnits)));
        const found = minimumLoss(model, min);
        expect(found).toBeLessThanOrEqual(lowest + 1e-9);
        expect(found).toBeGreaterThan(lowest - 1e-4);
      }
    },
  );
});
