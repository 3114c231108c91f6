import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyMatrix, anySize } from '../../test/support/matrices.js';
import { add, exponential, identity, maxAbs, norm, scale, transpose, zeros, type Matrix } from './index.js';
import { SMALL_ROTATION, SmallRotationLogarithm } from './small-rotation.js';

const distance = (a: Matrix, b: Matrix): number => maxAbs(add(a, b, -1));

const square = anySize.chain((n) => anyMatrix(n, n));
const antisymmetric = square.map((a) => add(a, transpose(a), -1)).filter((a) => norm(a) > 0);

const check = <T>(cases: fc.Arbitrary<T>, test: (value: T) => void, seed: number): void => {
  fc.assert(fc.property(cases, test), { numRuns: 300, seed });
};

describe('the logarithm of a small rotation', () => {
  /** An antisymmetric matrix whose exponential lies at about `departure` from I: |R - I| <= |omega|. */
  const withNorm = (a: Matrix, length: number): Matrix => scale(a, length / norm(a));

  it('undoes the exponential, to every digit', () => {
    const cases = fc.tuple(antisymmetric, fc.constantFrom(1e-12, 1e-6, 1e-3, 0.1, 0.3, 0.49));
    check(
      cases,
      ([direction, length]) => {
        const expected = withNorm(direction, length);
        const omega = zeros(expected.rows, expected.cols);
        omega.data.fill(7);
        expect(new SmallRotationLogarithm(omega.rows).apply(exponential(expected).data, omega.data)).toBe(true);
        expect(distance(omega, expected)).toBeLessThan(1e-15 + 4e-15 * length);
      },
      6,
    );
  });

  it('returns false and leaves the result unchanged where the rotation is not small', () => {
    check(
      fc.tuple(antisymmetric, fc.double({ min: 0.2, max: 3, noNaN: true })),
      ([direction, length]) => {
        const rotation = exponential(withNorm(direction, length));
        const omega = new Float64Array(rotation.data.length).fill(7);
        const small = norm(add(rotation, identity(rotation.rows), -1)) < SMALL_ROTATION;
        expect(new SmallRotationLogarithm(rotation.rows).apply(rotation.data, omega)).toBe(small);
        expect(omega.every((value) => value === 7)).toBe(!small);
      },
      7,
    );
  });

  it('of the identity is zero; of NaN it returns false', () => {
    const omega = new Float64Array(9).fill(7);
    expect(new SmallRotationLogarithm(3).apply(identity(3).data, omega)).toBe(true);
    expect(Array.from(omega, Math.abs)).toEqual(Array.from(zeros(3, 3).data));
    expect(new SmallRotationLogarithm(1).apply(Float64Array.of(NaN), omega)).toBe(false);
  });
});
