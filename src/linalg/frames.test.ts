import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  completeColumns,
  diagonal,
  expRotation,
  fromData,
  identity,
  maxAbs,
  multiply,
  norm,
  polarFactor,
  qr,
  scale,
  sliceCols,
  symmetricEigen,
  symmetrize,
  transpose,
  type Matrix,
} from './index.js';

const distance = (a: Matrix, b: Matrix): number => maxAbs(add(a, b, -1));
const offOrthonormal = (a: Matrix): number => distance(multiply(transpose(a), a), identity(a.cols));

/** Hundredths in [-10, 10]: zeros and repeated entries are common, so deficient rank is too. */
const matrix = (rows: number, cols: number): fc.Arbitrary<Matrix> =>
  fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: rows * cols, maxLength: rows * cols }).map((values) =>
    fromData(
      rows,
      cols,
      Float64Array.from(values, (value) => value / 100),
    ),
  );
const size = fc.integer({ min: 1, max: 7 });
const tall = fc.tuple(size, size).chain(([m, n]) => matrix(Math.max(m, n), Math.min(m, n)));

const check = <T>(cases: fc.Arbitrary<T>, test: (value: T) => void, seed: number): void => {
  fc.assert(fc.property(cases, test), { numRuns: 300, seed });
};

describe('frames', () => {
  // P^T A symmetric and positive semidefinite: nothing but the nearest orthonormal frame has that.
  it('the polar factor is the nearest orthonormal frame', () => {
    const cases = tall.chain((a) => fc.tuple(fc.constant(a), matrix(a.cols, a.cols), matrix(a.rows, a.cols)));
    check(
      cases,
      ([a, direction, other]) => {
        const nearest = polarFactor(a);
        expect(offOrthonormal(nearest)).toBeLessThan(1e-13);
        const stretch = multiply(transpose(nearest), a);
        expect(distance(stretch, transpose(stretch))).toBeLessThan(1e-13 * (1 + norm(a)));
        expect(symmetricEigen(symmetrize(stretch)).values[0]).toBeGreaterThan(-1e-13 * (1 + norm(a)));
        const turned = multiply(nearest, expRotation(scale(add(direction, transpose(direction), -1), 1e-2)));
        for (const frame of [turned, qr(other).q]) {
          expect(norm(add(a, nearest, -1))).toBeLessThan(norm(add(a, frame, -1)) + 1e-12 * (1 + norm(a)));
        }
      },
      1,
    );
  });

  it('completeColumns keeps what is given and adds what is missing', () => {
    const cases = tall.chain((a) => fc.tuple(fc.constant(a), fc.integer({ min: a.cols, max: a.rows })));
    check(
      cases,
      ([a, count]) => {
        const given = qr(a).q;
        const complete = completeColumns(given, count);
        expect([complete.rows, complete.cols]).toEqual([a.rows, count]);
        expect(distance(sliceCols(complete, 0, a.cols), given)).toBe(0);
        expect(offOrthonormal(complete)).toBeLessThan(1e-13);
        const holed = multiply(given, diagonal(Float64Array.from({ length: a.cols }, (_, j) => j % 2)));
        expect(offOrthonormal(completeColumns(holed, count))).toBeLessThan(1e-13);
      },
      2,
    );
    expect(() => completeColumns(identity(2), 3)).toThrow(RangeError);
  });
});
