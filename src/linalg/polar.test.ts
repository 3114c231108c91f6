import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyMatrix, anySize } from '../../test/support/matrices.js';
import {
  add,
  exponential,
  fromRows,
  identity,
  maxAbs,
  multiply,
  norm,
  polarFactor,
  PolarIteration,
  qr,
  scale,
  svd,
  symmetricEigen,
  symmetrize,
  transpose,
  type Matrix,
} from './index.js';

const distance = (a: Matrix, b: Matrix): number => maxAbs(add(a, b, -1));
const offOrthonormal = (a: Matrix): number => distance(multiply(transpose(a), a), identity(a.cols));

const square = anySize.chain((n) => anyMatrix(n, n));
/** Condition at most 1e4, so that rounding stays below the tolerances; either orientation. */
const regular = square.filter((a) => svd(a).s[a.rows - 1] > 1e-4 * norm(a));
const singular = square.map((a) => {
  for (let i = 0; i < a.rows; i++) a.data[i * a.cols] = a.cols > 1 ? 2 * a.data[i * a.cols + 1] : 0;
  return a;
});
const tall = fc.tuple(anySize, anySize).chain(([m, n]) => anyMatrix(Math.max(m, n), Math.min(m, n)));

const check = <T>(cases: fc.Arbitrary<T>, test: (value: T) => void, seed: number): void => {
  fc.assert(fc.property(cases, test), { numRuns: 300, seed });
};

// P^T A symmetric and positive semidefinite: nothing but the nearest orthonormal frame has that.
it('the polar factor is the nearest orthonormal frame', () => {
  const cases = tall.chain((a) => fc.tuple(fc.constant(a), anyMatrix(a.cols, a.cols), anyMatrix(a.rows, a.cols)));
  check(
    cases,
    ([a, direction, other]) => {
      const nearest = polarFactor(a);
      expect(offOrthonormal(nearest)).toBeLessThan(1e-13);
      const stretch = multiply(transpose(nearest), a);
      expect(distance(stretch, transpose(stretch))).toBeLessThan(1e-13 * (1 + norm(a)));
      expect(symmetricEigen(symmetrize(stretch)).values[0]).toBeGreaterThan(-1e-13 * (1 + norm(a)));
      const rotated = multiply(nearest, exponential(scale(add(direction, transpose(direction), -1), 1e-2)));
      for (const frame of [rotated, qr(other).q]) {
        expect(norm(add(a, nearest, -1))).toBeLessThan(norm(add(a, frame, -1)) + 1e-12 * (1 + norm(a)));
      }
    },
    1,
  );
});

describe('the polar iteration', () => {
  it('converges to the nearest orthogonal matrix', () => {
    check(
      regular,
      (a) => {
        const nearest = scale(a, 1);
        expect(new PolarIteration(a.rows).apply(nearest.data)).toBe(true);
        expect(distance(multiply(transpose(nearest), nearest), identity(a.rows))).toBeLessThan(1e-14);
        expect(distance(nearest, polarFactor(a))).toBeLessThan(1e-11);
      },
      3,
    );
  });

  it('finds the nearest orthonormal rows where the singular values differ by less than half, square or wide', () => {
    const cases = fc
      .tuple(anySize, anySize)
      .chain(([r, k]) =>
        fc.tuple(anyMatrix(Math.min(r, k), Math.max(r, k)), anyMatrix(Math.min(r, k), Math.min(r, k))),
      );
    check(
      fc.tuple(cases, fc.constantFrom(1e-9, 1e-6, 1e-4, 1e-2, 0.1, 0.2), fc.constantFrom(1e-3, 1, 1e3)),
      ([[frame, stretch], departure, factor]) => {
        const rows = transpose(polarFactor(transpose(frame)));
        const size = norm(stretch) || 1;
        const positive = add(identity(rows.rows), symmetrize(scale(stretch, 1 / size)), departure);
        const a = multiply(scale(positive, factor), rows);
        expect(new PolarIteration(a.rows, a.cols).apply(a.data)).toBe(true);
        expect(distance(multiply(a, transpose(a)), identity(a.rows))).toBeLessThan(4e-15);
        expect(distance(a, rows)).toBeLessThan(4e-15);
      },
      10,
    );
  });

  it('returns false and leaves a wide matrix unchanged when it is far from orthonormal rows', () => {
    const far = fromRows([
      [1, 0, 0],
      [0, 0.01, 0],
    ]);
    expect(new PolarIteration(2, 3).apply(far.data)).toBe(false);
    expect(Array.from(far.data)).toEqual([1, 0, 0, 0, 0.01, 0]);
  });

  it('has the same bits for a matrix whatever it was applied to before', () => {
    const cases = anySize.chain((n) => fc.tuple(anyMatrix(n, n), anyMatrix(n, n)));
    check(
      cases.filter((pair) => pair.every((a) => svd(a).s[a.rows - 1] > 1e-4 * norm(a))),
      ([first, second]) => {
        const used = new PolarIteration(first.rows);
        used.apply(scale(first, 1).data);
        const [after, fresh] = [scale(second, 1), scale(second, 1)];
        used.apply(after.data);
        new PolarIteration(first.rows).apply(fresh.data);
        expect(after).toEqual(fresh);
      },
      4,
    );
  });

  it('returns false when the matrix is singular, or true with an orthogonal result', () => {
    check(
      singular,
      (a) => {
        const nearest = scale(a, 1);
        // Rounding may hide that a is singular; what comes out is then a nearest matrix of one beside it.
        if (!new PolarIteration(a.rows).apply(nearest.data)) return;
        expect(distance(multiply(transpose(nearest), nearest), identity(a.rows))).toBeLessThan(1e-12);
      },
      5,
    );
    expect(new PolarIteration(2).apply(new Float64Array(4))).toBe(false);
  });
});
