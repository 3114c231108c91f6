import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyMatrix, anySize } from '../../../test/support/matrices.js';
import { add, identity, maxAbs, multiply, norm, scale, svd, type Matrix } from '../index.js';
import { invertInPlace } from './inverse.js';

const distance = (a: Matrix, b: Matrix): number => maxAbs(add(a, b, -1));

const square = anySize.chain((n) => anyMatrix(n, n));
/** Condition at most 1e4, so that rounding stays below the tolerances; either orientation. */
const regular = square.filter((a) => svd(a).s[a.rows - 1] > 1e-4 * norm(a));

const check = <T>(cases: fc.Arbitrary<T>, test: (value: T) => void, seed: number): void => {
  fc.assert(fc.property(cases, test), { numRuns: 300, seed });
};

describe('invertInPlace', () => {
  it('inverts any regular matrix, from either side', () => {
    check(
      regular,
      (a) => {
        const inverse = scale(a, 1);
        expect(invertInPlace(inverse.data, a.rows, new Int32Array(a.rows))).toBe(true);
        expect(distance(multiply(a, inverse), identity(a.rows))).toBeLessThan(1e-10);
        expect(distance(multiply(inverse, a), identity(a.rows))).toBeLessThan(1e-10);
      },
      2,
    );
  });

  it('returns false for zero and NaN', () => {
    expect(invertInPlace(new Float64Array(4), 2, new Int32Array(2))).toBe(false);
    expect(invertInPlace(Float64Array.of(NaN, 1, 1, 1), 2, new Int32Array(2))).toBe(false);
  });
});
