import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply, diagonal, fromData, identity, multiply, qr, add, transpose, type Matrix } from '#linalg';
import { gaussianPart, inputDistribution, type Model } from '#model';
import { predict, predictNextOrder } from '../index.js';

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
const quantities = ['squaredNorm', 'fluctuation', 'diffusion'] as const;

describe('the next order', () => {
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
    // D is a product of corrected factors, so it has an eta^2 of its own.
    quantities.forEach((_, k) => {
      expect(Math.abs(corrections[0][k])).toBeGreaterThan(0.1);
      expect(corrections[0][k] / corrections[1][k]).toBeCloseTo(1, k === 2 ? 1 : 8);
    });
  });
});
