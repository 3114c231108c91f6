import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyMatrix, anySize } from '../../test/support/matrices.js';
import {
  add,
  completeColumns,
  diagonal,
  identity,
  maxAbs,
  multiply,
  qr,
  sliceCols,
  transpose,
  type Matrix,
} from './index.js';

const distance = (a: Matrix, b: Matrix): number => maxAbs(add(a, b, -1));
const offOrthonormal = (a: Matrix): number => distance(multiply(transpose(a), a), identity(a.cols));

const tall = fc.tuple(anySize, anySize).chain(([m, n]) => anyMatrix(Math.max(m, n), Math.min(m, n)));

const check = <T>(cases: fc.Arbitrary<T>, test: (value: T) => void, seed: number): void => {
  fc.assert(fc.property(cases, test), { numRuns: 300, seed });
};

it('completeColumns keeps orthonormal columns, replaces zero ones, and adds the missing ones', () => {
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
