import type { Matrix } from '../matrix.js';
import { addWideProduct, transposeColumns } from './wide-products.js';

/** A symmetric matrix as Q T Q^T: T has the diagonal d and e beside it, Q^T is stored row by row. */
export interface Tridiagonal {
  /** n. */
  readonly d: Float64Array;
  /** n, the last one 0. */
  readonly e: Float64Array;
  /** Q^T, n x n. */
  readonly basis: Float64Array;
}

/** Reflections whose change of the matrix, and of the basis, is made at once, as products of matrices. */
const BLOCK = 48;

/**
 * Householder's reduction in blocks (Dongarra, Sorensen and Hammarling 1989): within one, rows and products with the matrix are corrected
 * for its reflections; the rest of the matrix is changed after it. O(n^3) time, n^2 numbers beside the result.
 */
export function tridiagonal({ rows: n, data }: Matrix): Tridiagonal {
  const a = data.slice();
  const [d, e, scales] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  for (let from = 0; from < n; from += BLOCK) reduceBlock(a, n, from, d, e, scales);
  return { d, e, basis: basisOf(a, scales, n) };
}

/**
 * Reduces rows `from` to `from + BLOCK`, and what is below them to A - V^T W - W^T V. A reflection I - scale v v^T stays in its row of A,
 * beside the diagonal, and makes of A the matrix A - v w^T - w v^T with w = scale A v - scale^2 (v.A v) v / 2.
 */
function reduceBlock(
  a: Float64Array,
  n: number,
  from: number,
  d: Float64Array,
  e: Float64Array,
  scales: Float64Array,
): void {
  const end = Math.min(from + BLOCK, n);
  /** The vectors v and w of the block, in columns from `from` on. */
  const pairs: { readonly v: Float64Array; readonly w: Float64Array }[] = [];
  for (let k = from; k < end; k++) {
    const row = a.subarray(k * n, (k + 1) * n);
    for (const { v, w } of pairs) {
      const [ofV, ofW] = [v[k], w[k]];
      for (let j = k; j < n; j++) row[j] -= ofV * w[j] + ofW * v[j];
    }
    d[k] = row[k];
    if (k === n - 1) return;
    // The reflection leaves e_k alone beside the diagonal.
    let square = 0;
    for (let j = k + 1; j < n; j++) square += row[j] * row[j];
    const length = row[k + 1] > 0 ? -Math.sqrt(square) : Math.sqrt(square);
    e[k] = length;
    row[k + 1] -= length;
    const size = 2 * (square - length * (row[k + 1] + length));
    const scale = size > 0 ? 2 / size : 0;
    scales[k] = scale;
    const v = new Float64Array(n);
    v.set(row.subarray(k + 1), k + 1);
    const w = multiplyRows(a, n, k + 1, v);
    for (const pair of pairs) {
      const [alongV, alongW] = [dotFrom(pair.v, v, k + 1), dotFrom(pair.w, v, k + 1)];
      for (let j = k + 1; j < n; j++) w[j] -= pair.v[j] * alongW + pair.w[j] * alongV;
    }
    const shift = (scale * scale * dotFrom(w, v, k + 1)) / 2;
    for (let j = k + 1; j < n; j++) w[j] = scale * w[j] - shift * v[j];
    pairs.push({ v, w });
  }
  subtractPairs(a, n, end, pairs);
}

/** A v in rows and columns from `from` on, of the matrix before its block. */
function multiplyRows(a: Float64Array, n: number, from: number, v: Float64Array): Float64Array {
  const result = new Float64Array(n);
  for (let i = from; i < n; i += 2) {
    const j = Math.min(i + 1, n - 1);
    const [rowI, rowJ] = [i * n, j * n];
    let [evenI, oddI, evenJ, oddJ] = [0, 0, 0, 0];
    let c = from;
    for (; c + 1 < n; c += 2) {
      const [x, y] = [v[c], v[c + 1]];
      evenI += a[rowI + c] * x;
      oddI += a[rowI + c + 1] * y;
      evenJ += a[rowJ + c] * x;
      oddJ += a[rowJ + c + 1] * y;
    }
    if (c < n) {
      evenI += a[rowI + c] * v[c];
      evenJ += a[rowJ + c] * v[c];
    }
    result[i] = evenI + oddI;
    result[j] = evenJ + oddJ;
  }
  return result;
}

function dotFrom(a: Float64Array, b: Float64Array, from: number): number {
  let sum = 0;
  for (let j = from; j < a.length; j++) sum += a[j] * b[j];
  return sum;
}

/** A - V^T W - W^T V in rows from `from` on. */
function subtractPairs(
  a: Float64Array,
  n: number,
  from: number,
  pairs: readonly { readonly v: Float64Array; readonly w: Float64Array }[],
): void {
  const depth = 2 * pairs.length;
  const left = new Float64Array((n - from) * depth);
  const right = new Float64Array(n * depth);
  pairs.forEach(({ v, w }, pair) => {
    for (let i = from; i < n; i++) {
      const [l, r] = [(i - from) * depth + 2 * pair, i * depth + 2 * pair];
      left[l] = -v[i];
      left[l + 1] = -w[i];
      right[r] = w[i];
      right[r + 1] = v[i];
    }
  });
  addWideProduct(a.subarray(from * n), left, right, n - from, depth, n);
}

/**
 * Q^T = ... H_1 H_0, from the last block of reflections to the first. One of them is I - V^T T V, V the reflections as rows in the order in
 * which they are applied and T triangular (Schreiber and Van Loan 1989); it changes the rows behind its own alone, which are of the identity.
 */
function basisOf(a: Float64Array, scales: Float64Array, n: number): Float64Array {
  const basis = new Float64Array(n * n);
  for (let r = 0; r < n; r++) basis[r * n + r] = 1;
  const count = Math.ceil((n - 1) / BLOCK);
  for (let block = count - 1; block >= 0; block--) {
    const from = block * BLOCK;
    const size = Math.min(BLOCK, n - 1 - from);
    const v = new Float64Array(size * n);
    for (let i = 0; i < size; i++) {
      const k = from + size - 1 - i;
      v.set(a.subarray(k * n + k + 1, (k + 1) * n), i * n + k + 1);
    }
    const factors = triangularFactors(v, size, n, (i) => scales[from + size - 1 - i]);
    // basis <- basis - (basis V^T) (T V), in rows behind the first of the block.
    const rows = n - from - 1;
    const changed = basis.subarray((from + 1) * n);
    const along = new Float64Array(rows * size);
    addWideProduct(along, changed, v, rows, n, size);
    const turned = new Float64Array(n * size);
    transposeColumns(turned, v, n, 0, size);
    const right = new Float64Array(n * size);
    addWideProduct(right, turned, factors, n, size, size);
    for (let at = 0; at < along.length; at++) along[at] = -along[at];
    addWideProduct(changed, along, right, rows, size, n);
  }
  return basis;
}

/** T of H_1 H_2 ... = I - V^T T V with H_i = I - scale_i v_i v_i^T: upper triangular, row by row. */
function triangularFactors(v: Float64Array, size: number, n: number, scaleOf: (i: number) => number): Float64Array {
  const grams = new Float64Array(size * size);
  addWideProduct(grams, v, v, size, n, size);
  const t = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    const scale = scaleOf(j);
    t[j * size + j] = scale;
    for (let i = 0; i < j; i++) {
      let sum = 0;
      for (let k = i; k < j; k++) sum += t[i * size + k] * grams[k * size + j];
      t[i * size + j] = -scale * sum;
    }
  }
  return t;
}
