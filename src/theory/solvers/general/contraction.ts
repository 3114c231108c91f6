import { zeros, type Matrix } from '#linalg';
import { relatedModes } from './gradient-noise.js';
import type { SparseEntries } from './rotation-matrices.js';

/**
 * All sums over ij, kl of M^p_ij S_ik M^q_kl C_jl (P x P), S and C symmetric. Where the Hessian splits into blocks M is sparse,
 * and the cost is the number of pairs of its entries that S relates (all pairs for real data, a few each for Gaussian input), or
 * P K^3, whichever is less.
 */
export function contractPairs(matrices: readonly SparseEntries[], s: Matrix, c: Matrix): Matrix {
  const count = s.rows;
  const rows = entriesByRow(matrices, count);
  const related = relatedModes(s);
  const pairs = matrices.reduce(
    (sum, { rows: is }) =>
      is.reduce((total, i) => total + related[i].reduce((n, k) => n + rows[k].planes.length, 0), sum),
    0,
  );
  const products = matrices.length * count ** 3;
  const result = pairs / 2 < products ? byPairs(matrices, rows, related, s, c) : byProducts(matrices, s, c);
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

/** The upper triangle by dense products S M^q C: for general tasks, where M is dense. */
function byProducts(matrices: readonly SparseEntries[], s: Matrix, c: Matrix): Matrix {
  const size = matrices.length;
  const result = zeros(size, size);
  matrices.forEach((right, q) => {
    const value = contractionWith(right, s, c);
    for (let p = 0; p <= q; p++) result.data[p * size + q] = value(matrices[p]);
  });
  return result;
}

/** M -> sum over ij, kl of M_ij S_ik R_kl C_jl for R = `right`. O(K^3) once, the entries of M for each. */
function contractionWith(right: SparseEntries, s: Matrix, c: Matrix): (left: SparseEntries) => number {
  const count = s.rows;
  const half = zeros(count, count);
  for (let l = 0; l < right.values.length; l++) {
    const k = right.rows[l];
    const j = right.cols[l] * count;
    for (let i = 0; i < count; i++) half.data[j + i] += right.values[l] * s.data[k * count + i];
  }
  // half is (S M)^T; y = C half = (S M C)^T because C is symmetric.
  const y = zeros(count, count);
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < count; k++) {
      const factor = c.data[i * count + k];
      if (factor === 0) continue;
      for (let j = 0; j < count; j++) y.data[i * count + j] += factor * half.data[k * count + j];
    }
  }
  return (left) => {
    let total = 0;
    for (let k = 0; k < left.values.length; k++) {
      total += left.values[k] * y.data[left.cols[k] * count + left.rows[k]];
    }
    return total;
  };
}
