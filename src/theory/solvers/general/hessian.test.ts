import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, fromData, identity, multiply, sliceCols, svd, symmetrize, transpose, type Matrix } from '#linalg';
import { gaussianPart, inputDistribution, populationLoss, type Model } from '#model';
import { generator } from '#random';
import { minimumTheta } from '../../minimum/manifold.js';
import { minimum } from '../../minimum/minimum.js';
import { normalSpace } from './hessian.js';
import { modeCoordinates } from './mode-coordinates.js';

type Draw = (rows: number, cols: number) => Matrix;

/** Matrices of uniform numbers in [-1, 1). */
function draws(seed: number, replica: number): Draw {
  const random = generator(seed, replica, 'start');
  return (rows, cols) =>
    fromData(
      rows,
      cols,
      Float64Array.from({ length: rows * cols }, () => 2 * random.uniform() - 1),
    );
}

const gaussianModel = (covariance: Matrix, target: Matrix, changes: Partial<Model>): Model => ({
  hiddenUnits: 9,
  target,
  input: inputDistribution(4, [gaussianPart(1, covariance)], []),
  learningRate: 0.01,
  weightDecay: 0.05,
  labelNoiseVariance: 0,
  batchSize: 1,
  ...changes,
});

describe('the normal space of a task that shares no axes with the input', () => {
  it('has the curvatures that finite differences of the loss give', () => {
    for (const seed of [21, 22]) {
      const draw = draws(seed, 0);
      const root = draw(4, 4);
      const target = draw(3, 4);
      const model = gaussianModel(add(multiply(root, transpose(root)), identity(4), 0.4), target, {});
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

  it('throws where a bottleneck cuts two equal modes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.constantFrom(1, 3),
        fc.boolean(),
        (seed, hiddenUnits, rotated) => {
          const draw = draws(seed, 2);
          /** The same 2 x 2 block twice: every mode has a twin. */
          const twice = ({ data: [a, b, c, d] }: Matrix): Matrix =>
            fromData(4, 4, Float64Array.of(a, b, 0, 0, c, d, 0, 0, 0, 0, a, b, 0, 0, c, d));
          const root = draw(2, 2);
          const covariance = twice(add(multiply(root, transpose(root)), identity(2), 0.5));
          const target = twice(add(draw(2, 2), identity(2), 1.5));
          const { u, v } = rotated ? svd(draw(4, 4)) : { u: identity(4), v: identity(4) };
          const turned = symmetrize(multiply(v, covariance, transpose(v)));
          const model = gaussianModel(turned, multiply(u, target, transpose(v)), { hiddenUnits, weightDecay: 0.03 });
          expect(() => normalSpace(model, modeCoordinates(model, minimum(model)))).toThrow(
            'larger than the theory assumes',
          );
        },
      ),
      { numRuns: 40, seed: 4 },
    );
  });
});
