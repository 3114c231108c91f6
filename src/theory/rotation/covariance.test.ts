import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  diagonal,
  dot,
  fromData,
  identity,
  maxAbs,
  multiply,
  trace,
  transpose,
  zeros,
  type Matrix,
} from '#linalg';
import { covarianceAlong } from './along-directions.js';
import type { RotationCovariance } from './covariance.js';
import { DenseCovariance } from './dense.js';
import { DiagonalCovariance } from './diagonal.js';
import { planes, rotate } from './planes.js';
import { SampledCovariance } from './sampled.js';

const RANK = 4;
const P = planes(RANK).length;

/** Hundredths. */
const numbers = (count: number, low: number, high: number): fc.Arbitrary<Float64Array> =>
  fc
    .array(fc.integer({ min: 100 * low, max: 100 * high }), { minLength: count, maxLength: count })
    .map((values) => Float64Array.from(values, (value) => value / 100));

/** Each implementation, with the P x P tensor that it stands for. */
const tensors: Record<string, fc.Arbitrary<{ covariance: RotationCovariance; tensor: Matrix }>> = {
  dense: numbers(P * P, -1, 1).map((data) => {
    const root = fromData(P, P, data);
    const tensor = multiply(root, transpose(root));
    return { covariance: new DenseCovariance(tensor), tensor };
  }),
  diagonal: numbers(P, 0, 1).map((variances) => ({
    covariance: new DiagonalCovariance(variances),
    tensor: diagonal(variances),
  })),
  sampled: numbers(7 * P, -1, 1).map((data) => {
    const rotations = fromData(7, P, data);
    const square = multiply(transpose(rotations), rotations);
    return {
      covariance: new SampledCovariance(rotations),
      tensor: { ...square, data: square.data.map((value) => value / 7) },
    };
  }),
};

/** Omega_ab, r x r. */
const planeMatrices = planes(RANK).map(({ a, b }) => {
  const omega = zeros(RANK, RANK);
  omega.data[a * RANK + b] = 1;
  omega.data[b * RANK + a] = -1;
  return omega;
});

const expectEqual = (actual: Matrix, expected: Matrix): void => {
  expect(maxAbs(add(actual, expected, -1))).toBeLessThan(1e-12);
};

describe.each(Object.entries(tensors))('a %s rotation covariance', (kind, cases) => {
  it('is, as a matrix and by its variances, the tensor it stands for', () => {
    fc.assert(
      fc.property(cases, ({ covariance, tensor }) => {
        expectEqual(covariance.dense(), tensor);
        const variances = Float64Array.from({ length: P }, (_, p) => tensor.data[p * P + p]);
        expectEqual(fromData(1, P, covariance.planeVariances()), fromData(1, P, variances));
      }),
      { numRuns: 50, seed: 1 },
    );
  });

  it('moves a representation by sum K_pq (Omega_p c)(Omega_q c)^T, whose trace is D', () => {
    fc.assert(
      fc.property(cases, numbers(RANK, -1, 1), ({ covariance, tensor }, c) => {
        let expected = zeros(RANK, RANK);
        const moved = planeMatrices.map((omega) => multiply(omega, fromData(RANK, 1, c)));
        moved.forEach((left, p) => {
          moved.forEach((right, q) => {
            expected = add(expected, multiply(left, transpose(right)), tensor.data[p * P + q]);
          });
        });
        expectEqual(covariance.displacementCovariance(c), expected);
        expect(covariance.diffusionOf(c).value).toBeCloseTo(trace(expected), 12);
        if (kind !== 'sampled') expect(covariance.diffusionOf(c).se).toBe(0);
      }),
      { numRuns: 50, seed: 2 },
    );
  });

  it('rotates both sides of a matrix as sum K_pq Omega_p x Omega_q', () => {
    fc.assert(
      fc.property(cases, numbers(RANK * RANK, -1, 1), ({ covariance, tensor }, data) => {
        const x = fromData(RANK, RANK, data);
        let expected = zeros(RANK, RANK);
        planeMatrices.forEach((left, p) => {
          planeMatrices.forEach((right, q) => {
            expected = add(expected, multiply(left, x, right), tensor.data[p * P + q]);
          });
        });
        expectEqual(covariance.rotateBothSides(x), expected);
      }),
      { numRuns: 50, seed: 3 },
    );
  });

  it('has E omega^2 as the mean of its parts, which are one unless it is sampled', () => {
    fc.assert(
      fc.property(cases, ({ covariance }) => {
        const parts = covariance.meanSquares(RANK);
        expect(parts).toHaveLength(kind === 'sampled' ? 7 : 1);
        const mean = parts.reduce((sum, part) => add(sum, part, 1 / parts.length), zeros(RANK, RANK));
        expectEqual(mean, covariance.rotateBothSides(identity(RANK)));
      }),
      { numRuns: 50, seed: 5 },
    );
  });

  it('is rebuilt from its principal directions, in ascending order, or has none', () => {
    fc.assert(
      fc.property(cases, ({ covariance, tensor }) => {
        const { values, directions } = covariance.principalDirections();
        if (kind === 'sampled') {
          expect([values.length, directions]).toEqual([0, new Int32Array(0)]);
          return;
        }
        expect(values).toEqual(values.slice().sort());
        expectEqual(covarianceAlong(values, directions).dense(), tensor);
      }),
      { numRuns: 50, seed: 4 },
    );
  });
});

it('the standard error of D is that of the mean of |omega c|^2 over the sampled rotations', () => {
  const rotations = fromData(
    5,
    P,
    Float64Array.from({ length: 5 * P }, (_, k) => Math.sin(k * k + 1)),
  );
  const c = Float64Array.of(0.3, -1, 0.7, 2);
  const squares = Array.from({ length: 5 }, (_, t) => {
    const moved = rotate(rotations.data.subarray(t * P, (t + 1) * P), c);
    return dot(moved, moved);
  });
  const mean = squares.reduce((sum, value) => sum + value / 5, 0);
  const variance = squares.reduce((sum, value) => sum + (value - mean) ** 2 / 4, 0);
  const { value, se } = new SampledCovariance(rotations).diffusionOf(c);
  expect(value).toBeCloseTo(mean, 12);
  expect(se).toBeCloseTo(Math.sqrt(variance / 5), 12);
});

it('a rotation vector moves a representation as its antisymmetric matrix does', () => {
  const omega = Float64Array.from({ length: P }, (_, p) => Math.sin(p + 1));
  const c = Float64Array.of(0.3, -1, 0.7, 2);
  const matrix = planeMatrices.reduce((sum, each, p) => add(sum, each, omega[p]), zeros(RANK, RANK));
  expectEqual(fromData(RANK, 1, rotate(omega, c)), multiply(matrix, fromData(RANK, 1, c)));
  expect(dot(rotate(omega, c), c)).toBeCloseTo(0, 14);
});

it('a tensor of too many planes is not made dense', () => {
  expect(() => new DiagonalCovariance(new Float64Array(30_000)).dense()).toThrow(/30000 planes takes more than 4 GB/);
  const rotations = { rows: 0, cols: 30_000, data: new Float64Array(0) };
  expect(() => new SampledCovariance(rotations).dense()).toThrow(/30000 planes takes more than 4 GB/);
});

it('a tensor over no planes turns nothing, however many units there are', () => {
  const still = new DenseCovariance(zeros(0, 0));
  expect(maxAbs(still.rotateBothSides(identity(3)))).toBe(0);
  expect(still.diffusionOf([1, 2, 3]).value).toBe(0);
});
