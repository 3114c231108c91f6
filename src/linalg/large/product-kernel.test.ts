import { describe, expect, it } from 'vitest';
import { addProductTransposed, addWideProduct } from '../index.js';

/** Numbers of very different sizes, so that any other order of a sum has other bits. */
const numbers = (count: number, phase: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => Math.sin(phase + 3.7 * i) * 10 ** ((i * 7) % 13));

describe('products in WebAssembly', () => {
  it.each([
    [30, 255, 30],
    [130, 2, 67],
    [65, 257, 131],
    [1, 513, 129],
    [69, 8, 50],
  ])('%d x %d by %d columns: have the bits of plain loops, onto what is there', (r, k, c) => {
    const [a, b] = [numbers(r * k, 1), numbers(c * k, 2)];
    const [expected, found] = [numbers(r * c, 3), numbers(r * c, 3)];
    addProductTransposed(expected, a, b, r, k, c);
    addWideProduct(found, a, b, r, k, c);
    expect(found).toEqual(expected);
  });

  it('leave nothing of one product in the next', () => {
    const [r, k, c] = [33, 9, 35];
    addWideProduct(new Float64Array(r * c), new Float64Array(r * k).fill(NaN), numbers(c * k, 2), r, k, c);
    const [a, b] = [numbers((r - 2) * k, 1), numbers((c - 2) * k, 2)];
    const [expected, found] = [new Float64Array((r - 2) * (c - 2)), new Float64Array((r - 2) * (c - 2))];
    addProductTransposed(expected, a, b, r - 2, k, c - 2);
    addWideProduct(found, a, b, r - 2, k, c - 2);
    expect(found).toEqual(expected);
  });
});
