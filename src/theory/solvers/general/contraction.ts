import { addWideProduct, zeros, type Matrix } from '#linalg';
import { relatedModes } from './gradient-noise.js';
import type { SparseEntries } from './rotation-matrices.js';

/**
 * All sums over ij, kl of M^p_ij S_ik M^q_kl C_jl (P x P), S and C symmetric. Where the Hessian splits into blocks M is sparse,
 * and the cost is the number of pairs of its entries that S relates (all pairs for real data, a few each for Gaussian input), or
 * P K^3, whichever is less.
 */
export function contractPairs(matrices: readonly SparseEntries[], s: Matrix, c: Matrix): Matrix {
  const count = s.rows;
  const related = relatedModes(s);
  const entries = new Float64Array(count);
  for (const { rows } of matrices) for (const k of rows) entries[k]++;
  const partners = related.map((list) => list.reduce((sum, k) => sum + entries[k], 0));
  const pairs = partners.reduce((sum, own, i) => sum + own * entries[i], 0);
  const products = matrices.length * count ** 3;
  const result =
    pairs / 2 < products ? byPairs(matrices, entriesByRow(matrices, count), related, s, c) : byProducts(matrices, s, c);
  const size = matrices.length;
  for (let p = 0; p < size; p++) for (let q = 0; q < p; q++) result.data[p * size + q] = result.data[q * size + p];
  return result;
}

/** The entries (k, l) of all planes' matrices in row k, ascending by plane. */
interface RowEntries {
  readonly planes: number[];
  readonly cols: number[];
  readonly values: number[];
}

function entriesByRow(matrices: readonly SparseEntries[], count: number): RowEntries[] {
  const result = Array.from({ length: count }, (): RowEntries => ({ planes: [], cols: [], values: [] }));
  matrices.forEach(({ rows, cols, values }, plane) => {
    rows.forEach((k, at) => {
      result[k].planes.push(plane);
      result[k].cols.push(cols[at]);
      result[k].values.push(values[at]);
    });
  });
  return result;
}

/** The upper triangle, entry by entry: cost is the number of pairs of entries that S relates. */
function byPairs(
  matrices: readonly SparseEntries[],
  rows: readonly RowEntries[],
  related: readonly Int32Array[],
  s: Matrix,
  c: Matrix,
) {
  const size = matrices.length;
  const count = s.rows;
  const result = zeros(size, size);
  // Planes below p are done: for each row the index of its first entry of plane p or later.
  const first = new Int32Array(count);
  matrices.forEach((left, p) => {
    rows.forEach(({ planes: all }, k) => {
      while (first[k] < all.length && all[first[k]] < p) first[k]++;
    });
    left.values.forEach((value, at) => {
      const i = left.rows[at] * count;
      const j = left.cols[at] * count;
      for (const k of related[left.rows[at]]) {
        const factor = value * s.data[i + k];
        const { planes: all, cols, values } = rows[k];
        for (let e = first[k]; e < all.length; e++) {
          result.data[p * size + all[e]] += factor * values[e] * c.data[j + cols[e]];
        }
      }
    });
  });
  return result;
}

/** Planes whose products are kept together; all planes before them are then contracted with them, row by row. */
const KEPT = 32;

/** The upper triangle by dense products S M^q C: for general tasks, where M is dense. O(P K^3), and 32 K^2 numbers. */
function byProducts(matrices: readonly SparseEntries[], s: Matrix, c: Matrix): Matrix {
  const size = matrices.length;
  const count = s.rows;
  const entries = count ** 2;
  const result = zeros(size, size);
  const products = new Float64Array(KEPT * entries);
  const [left, right] = [new Float64Array(size * count), new Float64Array(KEPT * count)];
  for (let q = 0; q < size; q += KEPT) {
    const kept = Math.min(KEPT, size - q);
    for (let j = 0; j < kept; j++) products.set(productWith(matrices[q + j], s, c), j * entries);
    const others = q + kept;
    const sums = new Float64Array(others * kept);
    const next = new Int32Array(others);
    for (let row = 0; row < count; row++) {
      left.fill(0);
      for (let p = 0; p < others; p++) next[p] = copyRow(left, p * count, matrices[p], row, next[p]);
      for (let j = 0; j < kept; j++) {
        const from = j * entries + row * count;
        right.set(products.subarray(from, from + count), j * count);
      }
      addWideProduct(sums, left, right, others, count, kept);
    }
    for (let p = 0; p < others; p++) {
      for (let j = Math.max(0, p - q); j < kept; j++) result.data[p * size + q + j] = sums[p * kept + j];
    }
  }
  return result;
}

/** Copies the entries of one row, from entry `at` on, to where it begins; returns the first entry of the next row. */
function copyRow(into: Float64Array, begin: number, { rows, cols, values }: SparseEntries, row: number, at: number) {
  for (; at < rows.length && rows[at] === row; at++) into[begin + cols[at]] = values[at];
  return at;
}

/** S M C, row by row. O(K^3). */
function productWith({ rows, cols, values }: SparseEntries, s: Matrix, c: Matrix): Float64Array {
  const count = s.rows;
  const columns = new Float64Array(count * count);
  for (let l = 0; l < values.length; l++) columns[cols[l] * count + rows[l]] = values[l];
  const half = new Float64Array(count * count);
  addWideProduct(half, s.data, columns, count, count, count);
  const product = new Float64Array(count * count);
  addWideProduct(product, half, c.data, count, count, count);
  return product;
}
