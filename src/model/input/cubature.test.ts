import { describe, expect, it } from 'vitest';
import { fromData } from '#linalg';
import { cubature, cubatureSize, gaussianPart, inputDistribution } from '../index.js';

const covariance = fromData(3, 3, Float64Array.of(1.5, 0.4, -0.3, 0.4, 0.9, 0.2, -0.3, 0.2, 0.7));
const stimulus = [1, -2, 0.5];
const sigma2 = 0.3;
const input = inputDistribution(3, [gaussianPart(0.6, covariance)], [{ probability: 0.4, stimulus }]);
const samples = cubature(input, sigma2, 2);

/** E of a product of zero-mean Gaussian variables: the sum over pairings (Isserlis). */
function isserlis(variables: readonly number[], cov: (i: number, j: number) => number): number {
  if (variables.length === 0) return 1;
  const [first, ...others] = variables;
  return others.reduce(
    (sum, other, k) =>
      sum +
      cov(first, other) *
        isserlis(
          others.filter((_, at) => at !== k),
          cov,
        ),
    0,
  );
}

/** Variables 0 to 2 are x, 3 and 4 are eps. */
const noiseOrInput = (i: number, j: number): number =>
  i > 2 || j > 2 ? (i === j ? sigma2 : 0) : covariance.data[i * 3 + j];

describe('cubature', () => {
  const monomials = [
    [],
    [0],
    [1, 1],
    [0, 3],
    [0, 1, 2, 2],
    [3, 3, 4, 4],
    [0, 1, 2, 2, 3, 3],
    [2, 2, 2, 2, 2, 2],
    [4, 4, 4, 4, 1, 0],
    [0, 0, 0, 1, 1, 1, 2, 2],
    [0, 0, 0, 1, 3, 3, 4, 4],
    [1, 1, 1, 1, 4, 4, 4, 4],
  ];
  it.each(
    [...monomials, [0, 1, 2, 3, 4, 4, 4], [1, 1, 1, 1, 1, 1, 1], [0, 0, 1, 2, 2, 3, 4, 4, 4]].map((monomial) => [
      monomial,
    ]),
  )('averages the monomial %j exactly', (monomial) => {
    const found = samples.reduce(
      (sum, { weight, x, eps }) =>
        sum + weight * monomial.reduce((product, i) => product * (i > 2 ? eps[i - 3] : x[i]), 1),
      0,
    );
    const fixed = monomial.filter((i) => i <= 2).reduce((product, i) => product * stimulus[i], 1);
    const free = monomial.filter((i) => i > 2);
    const odd = monomial.length % 2 === 1 ? 0 : isserlis(monomial, noiseOrInput);
    const expected = 0.6 * odd + 0.4 * fixed * (free.length % 2 === 1 ? 0 : isserlis(free, noiseOrInput));
    expect(found).toBeCloseTo(expected, 10);
  });

  it('has as many samples as it says', () => {
    expect(samples).toHaveLength(cubatureSize(input, sigma2, 2));
    expect(cubature(inputDistribution(3, [], [{ probability: 1, stimulus }]), 0, 2)).toHaveLength(1);
  });
});
