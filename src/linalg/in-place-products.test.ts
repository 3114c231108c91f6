import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyMatrix, anySize } from '../../test/support/matrices.js';
import {
  add,
  column,
  fromRows,
  identity,
  maxAbs,
  multiply,
  scale,
  toRows,
  transpose,
  zeros,
  type Matrix,
} from './index.js';
import {
  addProductTransposed,
  addUpperGram,
  crossProduct,
  mirroredProduct,
  productInto,
  productTransposed,
  vectorProductInto,
} from './in-place-products.js';

const distance = (a: Matrix, b: Matrix): number => maxAbs(add(a, b, -1));

const check = <T>(cases: fc.Arbitrary<T>, test: (value: T) => void, seed: number): void => {
  fc.assert(fc.property(cases, test), { numRuns: 300, seed });
};

it('the products overwrite their output with what multiply returns', () => {
  const shapes = fc.tuple(anySize, anySize, anySize);
  check(
    shapes.chain(([r, k, c]) => fc.tuple(anyMatrix(r, k), anyMatrix(k, c))),
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

it('the product with a vector makes its sums in the order of the vector', () => {
  check(
    fc.tuple(anySize, anySize).chain(([r, k]) => fc.tuple(anyMatrix(r, k), anyMatrix(k, 1))),
    ([a, b]) => {
      const out = new Float64Array(a.rows).fill(7);
      vectorProductInto(out, a.data, b.data, a.rows, a.cols);
      expect(Array.from(out)).toEqual(
        toRows(a).map((row) => row.reduce((sum, value, l) => sum + value * b.data[l], 0)),
      );
    },
    5,
  );
});

it('the products that add keep what their output holds', () => {
  check(
    fc
      .tuple(anySize, anySize, anySize)
      .chain(([r, k, c]) => fc.tuple(anyMatrix(r, k), anyMatrix(c, k), anyMatrix(r, c), anyMatrix(r, r))),
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
  const cases = fc.tuple(anySize, anySize).chain(([r, k]) => fc.tuple(anyMatrix(r, k), anyMatrix(k, k)));
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
