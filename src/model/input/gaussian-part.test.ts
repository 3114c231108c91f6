import { describe, expect, it } from 'vitest';
import { add, fromData, fromRows, maxAbs, multiply, transpose, zeros, type Matrix } from '#linalg';
import { generator } from '#random';
import { gaussianPart, inputDistribution } from '../index.js';

const distance = (a: Matrix, b: Matrix): number => maxAbs(add(a, b, -1));

/** n x n of the given rank. */
function covariance(seed: number, n: number, rank = n): Matrix {
  const source = generator(seed, 0, 'start');
  const factor = fromData(
    n,
    rank,
    new Float64Array(n * rank).map(() => 2 * source.uniform() - 1),
  );
  return multiply(factor, transpose(factor));
}

describe('a Gaussian part', () => {
  it('has a factor of its covariance, diagonal, full or singular', () => {
    for (const c of [
      fromRows([
        [4, 0],
        [0, 0],
      ]),
      covariance(1, 4),
      covariance(2, 4, 2),
      zeros(3, 3),
    ]) {
      const { factor } = gaussianPart(1, c);
      expect(distance(multiply(factor, transpose(factor)), c)).toBeLessThan(1e-13);
    }
  });

  it.each([
    [
      [
        [1, 2],
        [2, 1],
      ],
    ],
    [
      [
        [1, 0],
        [0, -0.1],
      ],
    ],
    [[[-1]]],
  ])('rejects the indefinite %j', (rows) => {
    expect(() => gaussianPart(1, fromRows(rows))).toThrow(RangeError);
  });

  it('is dropped with weight 0, as a stimulus is', () => {
    const none = inputDistribution(1, [gaussianPart(0, zeros(1, 1))], [{ probability: 0, stimulus: [1] }]);
    expect([none.gaussians.length, none.stimuli.rows, none.probabilities.length]).toEqual([0, 0, 0]);
  });
});
