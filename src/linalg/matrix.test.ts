import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  apply,
  column,
  diagonal,
  dot,
  fromData,
  fromRows,
  identity,
  inner,
  maxAbs,
  multiply,
  norm,
  row,
  scale,
  sliceCols,
  sliceRows,
  symmetrize,
  toRows,
  trace,
  transpose,
  zeros,
  type Matrix,
} from './index.js';

// Small integers: every sum and product below is exact, so the comparisons are too.
const entry = fc.integer({ min: -9, max: 9 });
const size = fc.integer({ min: 1, max: 6 });
const matrix = (rows: number, cols: number): fc.Arbitrary<Matrix> =>
  fc
    .array(entry, { minLength: rows * cols, maxLength: rows * cols })
    .map((values) => fromData(rows, cols, Float64Array.from(values)));
const three = fc.tuple(size, size, size, size);

describe('matrix arithmetic by its definition', () => {
  it('multiplies rows by columns', () => {
    const cases = three.chain(([m, k, l, n]) => fc.tuple(matrix(m, k), matrix(k, l), matrix(l, n)));
    fc.assert(
      fc.property(cases, ([a, b, c]) => {
        const expected = toRows(a).map((_, i) =>
          Array.from({ length: b.cols }, (__, j) => dot(row(a, i), column(b, j)) + 0),
        );
        expect(toRows(multiply(a, b)).map((values) => values.map((value) => value + 0))).toEqual(expected);
        expect(norm(add(multiply(a, b, c), multiply(a, multiply(b, c)), -1))).toBe(0);
        expect(Array.from(apply(a, column(b, 0)))).toEqual(expected.map((values) => values[0]));
      }),
      { seed: 1 },
    );
  });

  it('transposes, slices, adds and sums', () => {
    const cases = fc.tuple(size, size).chain(([m, n]) => fc.tuple(matrix(m, n), matrix(m, n), entry));
    fc.assert(
      fc.property(cases, ([a, b, factor]) => {
        for (let i = 0; i < a.rows; i++) {
          expect(Array.from(column(transpose(a), i))).toEqual(toRows(a)[i]);
          expect(sliceRows(a, i, a.rows)).toEqual(fromRows(toRows(a).slice(i)));
        }
        for (let j = 0; j < a.cols; j++) {
          expect(toRows(sliceCols(a, j, a.cols))).toEqual(toRows(a).map((values) => values.slice(j)));
        }
        add(a, b, factor).data.forEach((value, index) => {
          expect(value).toBe(a.data[index] + factor * b.data[index]);
        });
        expect(add(a, a)).toEqual(scale(a, 2));
        expect(inner(a, b)).toBe(trace(multiply(transpose(a), b)) + 0);
        expect(norm(a) ** 2).toBeCloseTo(trace(multiply(a, transpose(a))), 10);
        expect(maxAbs(a)).toBe(Math.max(...Array.from(a.data, Math.abs)));
      }),
      { seed: 2 },
    );
  });

  it('builds and symmetrizes', () => {
    expect(toRows(identity(2))).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect(toRows(diagonal([2, 3], 2, 3))).toEqual([
      [2, 0, 0],
      [0, 3, 0],
    ]);
    expect(
      toRows(
        symmetrize(
          fromRows([
            [1, 2],
            [6, 5],
          ]),
        ),
      ),
    ).toEqual([
      [1, 4],
      [4, 5],
    ]);
    expect(norm(fromRows([[3], [4]]))).toBe(5);
  });
});

describe('matrix arithmetic throws RangeError for', () => {
  it.each([
    ['data of another length', () => fromData(2, 2, new Float64Array(3))],
    ['rows of unequal length', () => fromRows([[1, 2], [3]])],
    ['factors that do not chain', () => multiply(zeros(2, 3), zeros(2, 3))],
    ['sums of other shapes', () => add(zeros(2, 3), zeros(3, 2))],
  ])('%s', (_, work) => {
    expect(work).toThrow(RangeError);
  });
});
