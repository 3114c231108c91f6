import fc from 'fast-check';
import { expect, it } from 'vitest';
import { add, fromData, maxAbs, multiply, SparseMatrix, trace, transpose, zeros, type Matrix } from './index.js';

/** Hundredths in [-10, 10], most of them zero. */
const matrix = (rows: number, cols: number): fc.Arbitrary<Matrix> =>
  fc
    .array(fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.integer({ min: -1000, max: 1000 })), {
      minLength: rows * cols,
      maxLength: rows * cols,
    })
    .map((values) =>
      fromData(
        rows,
        cols,
        Float64Array.from(values, (value) => value / 100),
      ),
    );
const size = fc.integer({ min: 1, max: 7 });

it('multiplies vectors that lie in a wider matrix as the dense matrix does', () => {
  fc.assert(
    fc.property(
      fc.tuple(size, size, size, size).chain(([r, k, c, extra]) => fc.tuple(matrix(r, k), matrix(c, k + extra))),
      ([a, b]) => {
        const left = fromData(
          b.rows,
          a.cols,
          b.data.filter((_, at) => at % b.cols < a.cols),
        );
        const out = zeros(a.rows, b.rows);
        out.data.fill(7);
        SparseMatrix.from(a).timesTransposed(out.data, b.data, b.rows, b.cols);
        expect(maxAbs(add(out, multiply(a, transpose(left)), -1))).toBeLessThan(1e-12);
      },
    ),
    { numRuns: 300, seed: 1 },
  );
});

it('sums the quadratic forms of vectors that lie in a wider matrix', () => {
  fc.assert(
    fc.property(
      fc.tuple(size, size, size).chain(([k, c, extra]) => fc.tuple(matrix(k, k), matrix(c, k + extra))),
      ([a, b]) => {
        const left = fromData(
          b.rows,
          a.cols,
          b.data.filter((_, at) => at % b.cols < a.cols),
        );
        const expected = trace(multiply(left, a, transpose(left)));
        const value = SparseMatrix.from(a).quadraticForm(b.data, b.rows, b.cols);
        expect(Math.abs(value - expected)).toBeLessThan(1e-10);
      },
    ),
    { numRuns: 300, seed: 2 },
  );
});
