import { describe, expect, it } from 'vitest';
import { addWideProduct, fromData, multiply, transpose, wideProduct, type Matrix } from '../index.js';

const table = (rows: number, cols: number): Matrix =>
  fromData(
    rows,
    cols,
    Float64Array.from({ length: rows * cols }, (_, i) => Math.sin(1 + 3.7 * i)),
  );

describe('products of wide matrices', () => {
  it.each([
    [1, 1, 1],
    [3, 5, 7],
    [260, 300, 9],
    [5, 700, 11],
  ])('%d x %d by %d: have the bits of the plain product', (r, k, c) => {
    const [a, b] = [table(r, k), table(k, c)];
    expect(wideProduct(a, b)).toEqual(multiply(a, b));
  });

  it('add to what is there, and in the upper triangle only where asked', () => {
    const [a, b] = [table(7, 5), table(7, 5)];
    const expected = multiply(a, transpose(b)).data;
    const [whole, upper] = [new Float64Array(49).fill(2), new Float64Array(49)];
    addWideProduct(whole, a.data, b.data, 7, 5, 7);
    addWideProduct(upper, a.data, b.data, 7, 5, 7, true);
    for (let i = 0; i < 7; i++) {
      for (let j = 0; j < 7; j++) {
        expect(whole[i * 7 + j]).toBeCloseTo(2 + expected[i * 7 + j], 12);
        if (j >= i) expect(upper[i * 7 + j]).toBe(expected[i * 7 + j]);
      }
    }
  });
});
