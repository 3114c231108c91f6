import type { Matrix } from '../matrix.js';

/** A symmetric matrix as Q T Q^T: T has the diagonal d and e beside it, Q^T is stored row by row. */
export interface Tridiagonal {
  /** n. */
  readonly d: Float64Array;
  /** n, the last one 0. */
  readonly e: Float64Array;
  /** Q^T, n x n. */
  readonly basis: Float64Array;
}

/**
 * Householder's reduction, with one pass over the matrix for each reflection: the last one is applied to a pair of rows while their
 * products with the next are summed. O(n^3) time, n^2 numbers beside the result.
 */
export function tridiagonal({ rows: n, data }: Matrix): Tridiagonal {
  const a = data.slice();
  const [d, e, scales] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  let [left, right] = [new Float64Array(n), new Float64Array(n)];
  let [next, product] = [new Float64Array(n), new Float64Array(n)];
  for (let k = 0; k < n; k++) {
    const row = a.subarray(k * n, (k + 1) * n);
    for (let j = k; j < n; j++) row[j] -= left[k] * right[j] + right[k] * left[j];
    d[k] = row[k];
    if (k === n - 1) break;
    // The reflection I - scale v v^T that leaves e_k alone beside the diagonal; v stays in the row.
    let square = 0;
    for (let j = k + 1; j < n; j++) square += row[j] * row[j];
    const length = row[k + 1] > 0 ? -Math.sqrt(square) : Math.sqrt(square);
    e[k] = length;
    next.fill(0);
    row[k + 1] -= length;
    const size = 2 * (square - length * (row[k + 1] + length));
    const scale = size > 0 ? 2 / size : 0;
    scales[k] = scale;
    for (let j = k + 1; j < n; j++) next[j] = row[j];
    updateAndMultiply(a, n, k + 1, left, right, next, product);
    let along = 0;
    for (let j = k + 1; j < n; j++) along += product[j] * next[j];
    const shift = (scale * scale * along) / 2;
    // A - v w^T - w v^T with w = scale A v - scale^2 (v.A v) v / 2.
    for (let j = 0; j <= k; j++) product[j] = 0;
    for (let j = k + 1; j < n; j++) product[j] = scale * product[j] - shift * next[j];
    [left, next] = [next, left];
    [right, product] = [product, right];
  }
  return { d, e, basis: basisOf(a, scales, n) };
}

/** A <- A - left right^T - right left^T, and product = A next, in rows and columns from `from` on. */
function updateAndMultiply(
  a: Float64Array,
  n: number,
  from: number,
  left: Float64Array,
  right: Float64Array,
  next: Float64Array,
  product: Float64Array,
): void {
  for (let i = from; i < n; i += 2) {
    const j = Math.min(i + 1, n - 1);
    const [li, ri, lj, rj] = [left[i], right[i], j > i ? left[j] : 0, j > i ? right[j] : 0];
    const [rowI, rowJ] = [i * n, j * n];
    let [sumI, sumJ] = [0, 0];
    for (let c = from; c < n; c++) {
      const [x, y, z] = [left[c], right[c], next[c]];
      const p = a[rowI + c] - li * y - ri * x;
      a[rowI + c] = p;
      const q = a[rowJ + c] - lj * y - rj * x;
      a[rowJ + c] = q;
      sumI += p * z;
      sumJ += q * z;
    }
    product[i] = sumI;
    product[j] = sumJ;
  }
}

/** Rows of Q^T that are made together. */
const ROWS = 4;

/** Q^T = ... H_1 H_0 from the right: row r of the identity is changed by the reflections before it alone, which row k of `a` holds. */
function basisOf(a: Float64Array, scales: Float64Array, n: number): Float64Array {
  const basis = new Float64Array(n * n);
  for (let r = 0; r < n; r++) basis[r * n + r] = 1;
  for (let top = 0; top < n; top += ROWS) {
    const count = Math.min(ROWS, n - top);
    for (let k = Math.min(top + count, n) - 2; k >= 0; k--) {
      if (scales[k] === 0) continue;
      for (let r = top; r < top + count; r++) reflect(basis, r * n, a, k * n, k + 1, n, scales[k]);
    }
  }
  return basis;
}

function reflect(
  basis: Float64Array,
  row: number,
  a: Float64Array,
  vector: number,
  from: number,
  n: number,
  scale: number,
): void {
  let [even, odd] = [0, 0];
  let j = from;
  for (; j + 1 < n; j += 2) {
    even += basis[row + j] * a[vector + j];
    odd += basis[row + j + 1] * a[vector + j + 1];
  }
  if (j < n) even += basis[row + j] * a[vector + j];
  const factor = scale * (even + odd);
  if (factor === 0) return;
  for (let c = from; c < n; c++) basis[row + c] -= factor * a[vector + c];
}
