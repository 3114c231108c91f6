import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainAlgebra } from '../algebra/plain-algebra.js';
import { add, fromData, identity, maxAbs, multiply, transpose, type Matrix } from '../matrix.js';
import { solveInPlace } from './solve.js';

/** Numbers on (-1, 1). */
const matrix = (rows: number, cols: number): fc.Arbitrary<Matrix> =>
  fc
    .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: rows * cols, maxLength: rows * cols })
    .map((all) => fromData(rows, cols, Float64Array.from(all)));
const systems = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 3 }))
  .chain(([k, m]) => fc.tuple(matrix(k, k), matrix(k, m)));
const check = (property: (a: Matrix, b: Matrix) => void): void => {
  fc.assert(
    fc.property(systems, ([a, b]) => {
      property(a, b);
    }),
    { numRuns: 100, seed: 1 },
  );
};
const positive = (a: Matrix): Matrix => add(multiply(a, transpose(a)), identity(a.rows), 1);

/** What is left of a in its place, and x in that of b. */
function solved(a: Matrix, b: Matrix): { readonly left: Float64Array; readonly x: Matrix } {
  const left = a.data.slice();
  const x = { ...b, data: b.data.slice() };
  expect(solveInPlace(left, a.rows, x.data, b.cols, new Float64Array(a.rows))).toBe(true);
  return { left, x };
}

describe('solveInPlace', () => {
  it('solves systems that are positive definite, 0 above the diagonal, or of a large diagonal', () => {
    check((a, b) => {
      const large = add(a, identity(a.rows), 2 * a.rows);
      for (const left of [positive(a), plainAlgebra.lowerTriangle(large), large]) {
        expect(maxAbs(add(multiply(left, solved(left, b).x), b, -1))).toBeLessThan(1e-12);
      }
    });
  });

  it('has for a symmetric matrix the bits of what uses the half on and above the diagonal alone', () => {
    check((a, b) => {
      const symmetric = positive(a);
      const { x } = solved(symmetric, b);
      expect([...x.data]).toEqual([...byUpperHalf(symmetric, b)]);
    });
  });

  it('is forward substitution for a matrix that is 0 above the diagonal', () => {
    check((a, b) => {
      const lower = plainAlgebra.lowerTriangle(add(a, identity(a.rows), 2 * a.rows));
      const { left, x } = solved(lower, b);
      for (let i = 0; i < a.rows; i++) {
        for (let j = i + 1; j < a.rows; j++) expect(Math.abs(left[i * a.rows + j])).toBe(0);
      }
      expect([...x.data]).toEqual([...forward(lower, b)]);
    });
  });

  it('gives up where a leading block is singular, also in a matrix that is not', () => {
    for (const entries of [
      [0, 1, 1, 0],
      [1, 2, 2, 4],
      [NaN, 0, 0, 1],
    ]) {
      expect(solveInPlace(Float64Array.from(entries), 2, new Float64Array(2), 1, new Float64Array(2))).toBe(false);
    }
  });
});

/** The same operations on entries on and above the diagonal alone. */
function byUpperHalf({ rows: k, data }: Matrix, { cols: m, data: right }: Matrix): Float64Array {
  const [a, b] = [data.slice(), right.slice()];
  for (let i = 0; i < k; i++) for (let j = 0; j < i; j++) a[i * k + j] = NaN;
  for (let j = 0; j < k; j++) {
    const inverse = 1 / a[j * k + j];
    for (let i = j + 1; i < k; i++) {
      const factor = a[j * k + i] * inverse;
      for (let c = i; c < k; c++) a[i * k + c] -= factor * a[j * k + c];
      for (let c = 0; c < m; c++) b[i * m + c] -= factor * b[j * m + c];
    }
    a[j * k + j] = inverse;
  }
  for (let j = k - 1; j >= 0; j--) {
    for (let c = 0; c < m; c++) b[j * m + c] *= a[j * k + j];
    for (let i = 0; i < j; i++) for (let c = 0; c < m; c++) b[i * m + c] -= a[i * k + j] * b[j * m + c];
  }
  return b;
}

function forward({ rows: k, data: a }: Matrix, { cols: m, data }: Matrix): Float64Array {
  const b = data.slice();
  for (let j = 0; j < k; j++) {
    const inverse = 1 / a[j * k + j];
    for (let i = j + 1; i < k; i++) {
      for (let c = 0; c < m; c++) b[i * m + c] -= a[i * k + j] * inverse * b[j * m + c];
    }
    for (let c = 0; c < m; c++) b[j * m + c] *= inverse;
  }
  return b;
}
