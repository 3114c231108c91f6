import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyMatrix, anySize } from '../../test/support/matrices.js';
import {
  add,
  apply,
  cholesky,
  diagonal,
  fromRows,
  identity,
  maxAbs,
  multiply,
  norm,
  qr,
  solve,
  solveSemidefinite,
  svd,
  symmetricEigen,
  symmetrize,
  trace,
  transpose,
  zeros,
  type Matrix,
} from './index.js';

const distance = (a: Matrix, b: Matrix): number => maxAbs(add(a, b, -1));
const gram = (a: Matrix): Matrix => multiply(transpose(a), a);
const offOrthonormal = (a: Matrix): number => distance(gram(a), identity(a.cols));
const ascending = (values: Float64Array): boolean => values.every((value, i) => i === 0 || value >= values[i - 1]);

const square = anySize.chain((n) => anyMatrix(n, n));
const anyShape = fc.tuple(anySize, anySize).chain(([m, n]) => anyMatrix(m, n));
const tall = anyShape.map((a) => (a.rows < a.cols ? transpose(a) : a));
/** Rank at most 2: a product of thin factors. */
const deficient = fc
  .tuple(anySize, anySize, fc.integer({ min: 0, max: 2 }))
  .chain(([m, n, rank]) => fc.tuple(anyMatrix(m, rank), anyMatrix(rank, n)))
  .map(([a, b]) => (a.cols === 0 ? zeros(a.rows, b.cols) : multiply(a, b)));

const check = <T>(cases: fc.Arbitrary<T>, test: (value: T) => void, seed: number): void => {
  fc.assert(fc.property(cases, test), { numRuns: 300, seed });
};

describe('symmetric eigenvalues', () => {
  it('rebuild the matrix from orthonormal vectors, ascending', () => {
    check(
      fc.oneof(square.map(symmetrize), square.map(gram), deficient.map(gram)),
      (a) => {
        const { values, vectors } = symmetricEigen(a);
        expect(ascending(values)).toBe(true);
        expect(offOrthonormal(vectors)).toBeLessThan(1e-13);
        const rebuilt = multiply(vectors, diagonal(values), transpose(vectors));
        expect(distance(rebuilt, a)).toBeLessThan(1e-13 * (1 + norm(a)));
      },
      1,
    );
  });

  it('of known matrices', () => {
    const { values, vectors } = symmetricEigen(
      fromRows([
        [2, 1],
        [1, 2],
      ]),
    );
    expect(values[0]).toBeCloseTo(1, 14);
    expect(values[1]).toBeCloseTo(3, 14);
    expect(Math.abs(vectors.data[1] / vectors.data[3])).toBeCloseTo(1, 14);
    expect(symmetricEigen(zeros(0, 0)).values).toHaveLength(0);
    expect(symmetricEigen(fromRows([[-4]]))).toEqual({ values: Float64Array.of(-4), vectors: identity(1) });
  });
});

describe('the singular value decomposition', () => {
  it('rebuilds any matrix, of any rank, from full orthonormal factors', () => {
    check(
      fc.oneof(anyShape, deficient),
      (a) => {
        const { u, s, v } = svd(a);
        const count = Math.min(a.rows, a.cols);
        expect([u.cols, s.length, v.cols]).toEqual([count, count, count]);
        expect(Math.max(offOrthonormal(u), offOrthonormal(v))).toBeLessThan(1e-13);
        expect(ascending(s.map((value) => -value)) && s[count - 1] >= 0).toBe(true);
        expect(distance(multiply(u, diagonal(s), transpose(v)), a)).toBeLessThan(1e-13 * (1 + norm(a)));
      },
      2,
    );
  });

  it('of rank two has two singular values', () => {
    check(
      deficient,
      (a) => {
        expect(
          svd(a)
            .s.slice(2)
            .every((value) => value < 1e-13 * (1 + norm(a))),
        ).toBe(true);
      },
      3,
    );
  });
});

describe('triangular factors', () => {
  it('QR: orthonormal times upper triangular with a diagonal that is not negative, of any rank', () => {
    check(
      fc.oneof(
        tall,
        deficient.filter((a) => a.rows >= a.cols),
      ),
      (a) => {
        const { q, r } = qr(a);
        expect([q.rows, q.cols, r.rows, r.cols]).toEqual([a.rows, a.cols, a.cols, a.cols]);
        expect(offOrthonormal(q)).toBeLessThan(1e-13);
        expect(distance(multiply(q, r), a)).toBeLessThan(1e-13 * (1 + norm(a)));
        r.data.forEach((value, index) => {
          const [i, j] = [Math.floor(index / a.cols), index % a.cols];
          expect(i === j ? value >= 0 : i < j || value === 0).toBe(true);
        });
      },
      4,
    );
  });

  it('Cholesky: lower triangular, or null when the matrix is not positive definite', () => {
    check(
      square,
      (a) => {
        const definite = add(gram(a), identity(a.rows));
        const lower = cholesky(definite);
        if (!lower) throw new Error('no factor of a positive definite matrix');
        expect(distance(multiply(lower, transpose(lower)), definite)).toBeLessThan(1e-13 * norm(definite));
        lower.data.forEach((value, index) => {
          const [i, j] = [Math.floor(index / a.cols), index % a.cols];
          expect(i === j ? value > 0 : j < i || value === 0).toBe(true);
        });
        const lowest = symmetricEigen(definite).values[0];
        expect(cholesky(add(definite, identity(a.rows), -1.01 * lowest))).toBeNull();
      },
      5,
    );
  });
});

describe('linear systems', () => {
  it('solve leaves no residual', () => {
    const cases = anySize.chain((n) => fc.tuple(anyMatrix(n, n), anyMatrix(n, 3)));
    check(
      cases,
      ([a, b]) => {
        const regular = add(a, identity(a.rows), 1 + norm(a));
        expect(distance(multiply(regular, solve(regular, b)), b)).toBeLessThan(1e-12);
      },
      6,
    );
    expect(() =>
      solve(
        fromRows([
          [1, 2],
          [2, 4],
        ]),
        identity(2),
      ),
    ).toThrow();
  });

  it('solveSemidefinite is the pseudoinverse: right within the range, zero outside', () => {
    check(
      deficient.map(gram).filter((a) => trace(a) > 0.1),
      (a) => {
        const eigen = symmetricEigen(a);
        const x = Float64Array.from({ length: a.rows }, (_, i) => 1 + i);
        const floor = 1e-8 * trace(a);
        const recovered = solveSemidefinite(eigen, apply(a, x), floor);
        const kept = eigen.values.map((value) => (value > floor ? 1 : 0));
        const onto = multiply(eigen.vectors, diagonal(kept), transpose(eigen.vectors));
        const expected = apply(onto, x);
        recovered.forEach((value, i) => {
          expect(Math.abs(value - expected[i])).toBeLessThan(1e-5);
        });
      },
      7,
    );
  });
});
