import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anySize, sparseMatrix } from '../../test/support/matrices.js';
import { add, fromData, maxAbs, multiply, SparseMatrix, trace, transpose, zeros } from './index.js';

it('multiplies vectors that lie in a wider matrix as the dense matrix does', () => {
  fc.assert(
    fc.property(
      fc
        .tuple(anySize, anySize, anySize, anySize)
        .chain(([r, k, c, extra]) => fc.tuple(sparseMatrix(r, k), sparseMatrix(c, k + extra))),
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
      fc
        .tuple(anySize, anySize, anySize)
        .chain(([k, c, extra]) => fc.tuple(sparseMatrix(k, k), sparseMatrix(c, k + extra))),
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
