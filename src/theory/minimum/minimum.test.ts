import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  fromData,
  identity,
  inner,
  multiply,
  scale,
  sliceCols,
  svd,
  symmetrize,
  transpose,
  type Matrix,
} from '#linalg';
import { gaussianPart, inputDistribution, populationLoss, type Model } from '#model';
import { generator } from '#random';
import { minimum, minimumLoss, minimumTheta, stationarity } from './minimum.js';
import { modeCoordinates, normalSpace } from '../solvers/general/hessian.js';

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

describe('minimum', () => {
  it('is stationary and balanced for tasks that do not commute', () => {
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

  it.each([1, 2])('under a bottleneck of %i units no gradient descent gets lower', (hiddenUnits) => {
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
  });

  it('has normal curvatures that a finite difference of the loss confirms', () => {
    for (const seed of [21, 22]) {
      const model = randomModel(seed);
      const min = minimum(model);
      const loss = populationLoss(model);
      const theta = minimumTheta(min);
      const rank = min.singularValues.length;
      const lowest = loss(theta).regularized;
      for (const { curvature, indices, values } of normalSpace(model, modeCoordinates(model, min))) {
        const modes = fromData(rank, 7, new Float64Array(rank * 7));
        indices.forEach((index, k) => (modes.data[index] = values[k]));
        const x = multiply(sliceCols(modes, 0, 4), transpose(min.inputBasis));
        const z = multiply(sliceCols(modes, 4, 7), transpose(min.outputBasis));
        const at = (step: number): number => {
          const moved = { ...theta, data: theta.data.slice() };
          for (let a = 0; a < rank; a++) {
            for (let j = 0; j < 4; j++) moved.data[a * 7 + j] += step * x.data[a * 4 + j];
            for (let i = 0; i < 3; i++) moved.data[a * 7 + 4 + i] += step * z.data[a * 3 + i];
          }
          return loss(moved).regularized;
        };
        const h = 1e-3;
        const measured = (at(h) + at(-h) - 2 * lowest) / (h * h);
        expect(Math.abs(measured - curvature)).toBeLessThan(1e-4 * (1 + curvature));
      }
    }
  });
});

it('is refused where a bottleneck cuts two equal modes of a task that shares no axes with the input', () => {
  fc.assert(
    fc.property(seeds, fc.constantFrom(1, 3), fc.boolean(), (seed, hiddenUnits, rotated) => {
      const random = generator(seed, 2, 'start');
      const table = (rows: number, cols: number): Matrix =>
        fromData(
          rows,
          cols,
          Float64Array.from({ length: rows * cols }, () => 2 * random.uniform() - 1),
        );
      /** The same 2 x 2 block twice: every mode has a twin. */
      const twice = ({ data: [a, b, c, d] }: Matrix): Matrix =>
        fromData(4, 4, Float64Array.of(a, b, 0, 0, c, d, 0, 0, 0, 0, a, b, 0, 0, c, d));
      const root = table(2, 2);
      const covariance = twice(add(multiply(root, transpose(root)), identity(2), 0.5));
      const target = twice(add(table(2, 2), identity(2), 1.5));
      const { u, v } = rotated ? svd(table(4, 4)) : { u: identity(4), v: identity(4) };
      const model = randomModel(seed, {
        hiddenUnits,
        target: multiply(u, target, transpose(v)),
        input: inputDistribution(4, [gaussianPart(1, symmetrize(multiply(v, covariance, transpose(v))))], []),
        weightDecay: 0.03,
      });
      expect(() => normalSpace(model, modeCoordinates(model, minimum(model)))).toThrow(
        'larger than the theory assumes',
      );
    }),
    { numRuns: 40, seed: 4 },
  );
});
