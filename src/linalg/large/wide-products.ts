import { zeros, type Matrix } from '../matrix.js';

/** Numbers of the right factor taken at once, so that they stay in the cache, and rows of the left one. */
const CACHED = 200_000;
const MAX_DEPTH = 256;

/** Inner indices that are taken at once for products with so many columns. */
export const productDepth = (columns: number): number =>
  Math.min(MAX_DEPTH, Math.max(32, Math.floor(CACHED / Math.max(columns, 1))));

/**
 * Adds a b^T to out (r x c), for a (r x k) and b (c x k): every entry as sums of products in the order of k, onto what is there, so
 * that parts of a long sum may be added one after the other without a change of the bits. With `upper`, entries below the diagonal
 * are undefined, and half the work is saved. O(r k c), some 2.5 10^9 multiplications per second.
 *
 * Two rows by four columns at a time: eight sums that do not wait for each other. A row or column that is left over is paired with
 * itself, and the same sums are written twice.
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
  for (let i = 0; i < r; i += 2) {
    const i2 = Math.min(i + 1, r - 1);
    const [a1, a2] = [i * k, i2 * k];
    for (let j = upper ? i - (i % 4) : 0; j < c; j += 4) {
      const j2 = Math.min(j + 1, c - 1);
      const j3 = Math.min(j + 2, c - 1);
      const j4 = Math.min(j + 3, c - 1);
      const [b1, b2, b3, b4] = [j * k, j2 * k, j3 * k, j4 * k];
      let s11 = out[i * c + j];
      let s12 = out[i * c + j2];
      let s13 = out[i * c + j3];
      let s14 = out[i * c + j4];
      let s21 = out[i2 * c + j];
      let s22 = out[i2 * c + j2];
      let s23 = out[i2 * c + j3];
      let s24 = out[i2 * c + j4];
      for (let l = 0; l < k; l++) {
        const x = a[a1 + l];
        const y = a[a2 + l];
        const p = b[b1 + l];
        const q = b[b2 + l];
        const s = b[b3 + l];
        const t = b[b4 + l];
        s11 += x * p;
        s12 += x * q;
        s13 += x * s;
        s14 += x * t;
        s21 += y * p;
        s22 += y * q;
        s23 += y * s;
        s24 += y * t;
      }
      out[i * c + j] = s11;
      out[i * c + j2] = s12;
      out[i * c + j3] = s13;
      out[i * c + j4] = s14;
      out[i2 * c + j] = s21;
      out[i2 * c + j2] = s22;
      out[i2 * c + j3] = s23;
      out[i2 * c + j4] = s24;
    }
  }
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
  const most = productDepth(b.cols);
  for (let from = 0; from < a.cols; from += most) {
    const depth = Math.min(most, a.cols - from);
    const right = new Float64Array(depth * b.cols);
    transposeColumns(right, b.data.subarray(from * b.cols, (from + depth) * b.cols), b.cols, 0, depth);
    for (let top = 0; top < a.rows; top += MAX_DEPTH) {
      const rows = Math.min(MAX_DEPTH, a.rows - top);
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
