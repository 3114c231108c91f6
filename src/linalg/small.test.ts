import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  column,
  expRotation,
  fromData,
  fromRows,
  identity,
  maxAbs,
  multiply,
  norm,
  polarFactor,
  scale,
  svd,
  symmetrize,
  toRows,
  transpose,
  zeros,
  type Matrix,
} from './index.js';
import {
  addProductTransposed,
  addUpperGram,
  crossProduct,
  invertInPlace,
  mirroredProduct,
  PolarIteration,
  productInto,
  productTransposed,
  SMALL_ROTATION,
  SmallRotationLogarithm,
} from './small.js';

const distance = (a: Matrix, b: Matrix): number => maxAbs(add(a, b, -1));

/** Hundredths in [-10, 10]. */
const matrix = (rows: number, cols: number): fc.Arbitrary<Matrix> =>
  fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: rows * cols, maxLength: rows * cols }).map((values) =>
    fromData(
      rows,
      cols,
      Float64Array.from(values, (value) => value / 100),
    ),
  );
const size = fc.integer({ min: 1, max: 7 });
const square = size.chain((n) => matrix(n, n));
/** Condition at most 1e4, so that rounding stays below the tolerances; either orientation. */
const regular = square.filter((a) => svd(a).s[a.rows - 1] > 1e-4 * norm(a));
const singular = square.map((a) => {
  for (let i = 0; i < a.rows; i++) a.data[i * a.cols] = a.cols > 1 ? 2 * a.data[i * a.cols + 1] : 0;
  return a;
});
const antisymmetric = square.map((a) => add(a, transpose(a), -1)).filter((a) => norm(a) > 0);

const check = <T>(cases: fc.Arbitrary<T>, test: (value: T) => void, seed: number): void => {
  fc.assert(fc.property(cases, test), { numRuns: 300, seed });
};

it('the products write what multiply returns, over what was there', () => {
  const shapes = fc.tuple(size, size, size);
  check(
    shapes.chain(([r, k, c]) => fc.tuple(matrix(r, k), matrix(k, c))),
    ([a, b]) => {
      const [r, k, c] = [a.rows, a.cols, b.cols];
      const expected = multiply(a, b);
      const into = (work: (out: Float64Array) => void): Matrix => {
        const out = zeros(r, c);
        out.data.fill(7);
        work(out.data);
        return out;
      };
      const results = [
        into((out) => {
          productInto(out, a.data, b.data, r, k, c);
        }),
        into((out) => {
          productTransposed(out, a.data, transpose(b).data, r, k, c);
        }),
        into((out) => {
          out.fill(0);
          addProductTransposed(out, a.data, transpose(b).data, r, k, c);
        }),
        into((out) => {
          const blocks = fromRows(toRows(b).map((row, l) => [...row, ...column(a, l)]));
          crossProduct(out, blocks.data, k, c, r);
        }),
      ];
      for (const result of results) expect(distance(result, expected)).toBeLessThan(1e-12);
    },
    1,
  );
});

it('the products that add, add to what was there', () => {
  check(
    fc.tuple(size, size, size).chain(([r, k, c]) => fc.tuple(matrix(r, k), matrix(c, k), matrix(r, c), matrix(r, r))),
    ([a, b, start, square]) => {
      const sum = scale(start, 1);
      addProductTransposed(sum.data, a.data, b.data, a.rows, a.cols, b.rows);
      expect(distance(sum, add(start, multiply(a, transpose(b))))).toBeLessThan(1e-12);
      const gram = scale(square, 1);
      addUpperGram(gram.data, a.data, a.rows, a.cols);
      const off = add(gram, add(square, multiply(a, transpose(a))), -1).data;
      for (let i = 0; i < a.rows; i++) {
        for (let j = i; j < a.rows; j++) expect(Math.abs(off[i * a.rows + j])).toBeLessThan(1e-12);
      }
    },
    8,
  );
});

it('the mirrored product is symmetric or antisymmetric to the last bit', () => {
  const cases = fc.tuple(size, size).chain(([r, k]) => fc.tuple(matrix(r, k), matrix(k, k)));
  check(
    fc.tuple(cases, fc.constantFrom<1 | -1>(1, -1), fc.constantFrom(1, -0.7), fc.constantFrom(0, 1)),
    ([[a, b], sign, factor, shift]) => {
      // a (b + sign b^T) a^T has the symmetry of its middle.
      const right = multiply(a, add(transpose(b), b, sign));
      const out = zeros(a.rows, a.rows);
      out.data.fill(7);
      mirroredProduct(out.data, a.data, right.data, a.rows, a.cols, sign, factor, shift);
      const expected = add(scale(multiply(a, transpose(right)), factor), identity(a.rows), shift);
      expect(distance(out, expected)).toBeLessThan(1e-10);
      const off = add(out, identity(a.rows), -shift);
      const mirrored = add(off, transpose(off), -sign);
      for (let i = 0; i < a.rows; i++) mirrored.data[i * a.rows + i] = 0;
      expect(maxAbs(mirrored)).toBe(0);
    },
    9,
  );
});

describe('the inverse', () => {
  it('undoes any regular matrix, pivots and all', () => {
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

  it('refuses zero and NaN', () => {
    expect(invertInPlace(new Float64Array(4), 2, new Int32Array(2))).toBe(false);
    expect(invertInPlace(Float64Array.of(NaN, 1, 1, 1), 2, new Int32Array(2))).toBe(false);
  });
});

describe('the polar iteration', () => {
  it('ends at the nearest orthogonal matrix', () => {
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
      .tuple(size, size)
      .chain(([r, k]) => fc.tuple(matrix(Math.min(r, k), Math.max(r, k)), matrix(Math.min(r, k), Math.min(r, k))));
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

  it('leaves a wide matrix alone when it is far from a frame', () => {
    const far = fromRows([
      [1, 0, 0],
      [0, 0.01, 0],
    ]);
    expect(new PolarIteration(2, 3).apply(far.data)).toBe(false);
    expect(Array.from(far.data)).toEqual([1, 0, 0, 0, 0.01, 0]);
  });

  it('carries nothing over from one matrix to the next', () => {
    const cases = size.chain((n) => fc.tuple(matrix(n, n), matrix(n, n)));
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

  it('says so when the matrix is singular, or else still ends orthogonal', () => {
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
        expect(new SmallRotationLogarithm(omega.rows).apply(expRotation(expected).data, omega.data)).toBe(true);
        expect(distance(omega, expected)).toBeLessThan(1e-15 + 4e-15 * length);
      },
      6,
    );
  });

  it('refuses what is not small and leaves the result alone', () => {
    check(
      fc.tuple(antisymmetric, fc.double({ min: 0.2, max: 3, noNaN: true })),
      ([direction, length]) => {
        const rotation = expRotation(withNorm(direction, length));
        const omega = new Float64Array(rotation.data.length).fill(7);
        const small = norm(add(rotation, identity(rotation.rows), -1)) < SMALL_ROTATION;
        expect(new SmallRotationLogarithm(rotation.rows).apply(rotation.data, omega)).toBe(small);
        expect(omega.every((value) => value === 7)).toBe(!small);
      },
      7,
    );
  });

  it('of the identity is zero, and of NaN nothing', () => {
    const omega = new Float64Array(9).fill(7);
    expect(new SmallRotationLogarithm(3).apply(identity(3).data, omega)).toBe(true);
    expect(Array.from(omega, Math.abs)).toEqual(Array.from(zeros(3, 3).data));
    expect(new SmallRotationLogarithm(1).apply(Float64Array.of(NaN), omega)).toBe(false);
  });
});
