import { zeros, type Matrix } from '../matrix.js';
import { addProductTransposed } from '../in-place-products.js';
import { MAX_DEPTH } from './product-code.js';
import { productKernel } from './product-kernel.js';

/** Inner indices that the kernel takes at once: factors of as many are taken without a copy of their parts. */
export const PRODUCT_DEPTH = MAX_DEPTH;
/** Rows of the left factor that are copied at once. */
const ROWS = 256;

/** Multiplications up to which copies into the kernel's memory cost more than they save. */
const SMALL = 6000;

/**
 * Adds a b^T to out (r x c), for a (r x k) and b (c x k): every entry as sums of products in the order of k, onto what is there, so
 * that parts of a long sum may be added one after the other without a change of the bits. With `upper`, entries below the diagonal
 * are undefined, and half the work is saved. O(r k c), some 5 10^9 multiplications per second.
 */
export function addWideProduct(
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  r: number,
  k: number,
  c: number,
  upper = false,
): void {
  if (r * c * k > SMALL) productKernel().add(out, a, b, r, k, c, upper);
  else addProductTransposed(out, a, b, r, k, c);
}

/** Columns `from` .. `from + into.length / r` of a matrix of `cols` columns, as rows. */
export function transposeColumns(into: Float64Array, a: Float64Array, cols: number, from: number, rows: number): void {
  const count = into.length / rows;
  for (let l = 0; l < rows; l++) {
    const at = l * cols + from;
    for (let j = 0; j < count; j++) into[j * rows + l] = a[at + j];
  }
}

/** a b with the bits of `multiply` for finite matrices, several times as fast where they are large. */
export function wideProduct(a: Matrix, b: Matrix): Matrix {
  if (a.cols !== b.rows) throw new RangeError(`cannot multiply ${a.rows} x ${a.cols} by ${b.rows} x ${b.cols}`);
  const result = zeros(a.rows, b.cols);
  for (let from = 0; from < a.cols; from += PRODUCT_DEPTH) {
    const depth = Math.min(PRODUCT_DEPTH, a.cols - from);
    const right = new Float64Array(depth * b.cols);
    transposeColumns(right, b.data.subarray(from * b.cols, (from + depth) * b.cols), b.cols, 0, depth);
    for (let top = 0; top < a.rows; top += ROWS) {
      const rows = Math.min(ROWS, a.rows - top);
      const left = new Float64Array(rows * depth);
      for (let i = 0; i < rows; i++) {
        const start = (top + i) * a.cols + from;
        left.set(a.data.subarray(start, start + depth), i * depth);
      }
      const out = result.data.subarray(top * b.cols, (top + rows) * b.cols);
      addWideProduct(out, left, right, rows, depth, b.cols);
    }
  }
  return result;
}
