import { addWideProduct, PRODUCT_DEPTH, zeros, type Matrix } from '#linalg';
import { stimulusBlocks, type InputDistribution } from '#model';
import type { CommutingModes } from '../commuting/modes.js';
import type { Skeleton } from './skeleton.js';

/**
 * The fourth moments that share a coordinate, exactly, as far as velocity, fluctuation, noise and loss need them: sums over the stimuli
 * instead of a table of r n^2 numbers.
 */
export interface SquareMoments {
  /** E x~_e^2 x~_c x~_d of learned modes, r x pairs c <= d (`pairOf`). */
  readonly learned: Matrix;
  /** E x~_a^2 x~_c^2, r x n. */
  readonly squares: Matrix;
  /** sum_c weight_p(c) E x~_a x~_b x~_c^2 over the columns beyond the modes, p x pairs a <= b. */
  readonly others: Matrix;
}

/** Number of a pair of learned modes, in any order. */
export function pairOf(c: number, d: number, rank: number): number {
  const low = Math.min(c, d);
  return low * rank - (low * (low - 1)) / 2 + Math.abs(c - d);
}

/** r^3/2 + r n + p (n + r^2/2) multiplications for each stimulus. */
export function squareMoments(
  { rank, inputs: n }: Pick<CommutingModes, 'rank' | 'inputs'>,
  input: InputDistribution,
  skeleton: Skeleton,
): SquareMoments {
  const size = skeleton.columns.length;
  const pairs = (rank * (rank + 1)) / 2;
  const squares = zeros(rank, n);
  const both = zeros(rank + size, pairs);
  const most = Math.min(PRODUCT_DEPTH, input.stimuli.rows);
  const [left, products, square] = [rank + size, pairs, n].map((rows) => new Float64Array(rows * most));
  for (const { count, columns, weighted } of stimulusBlocks(input)) {
    for (let at = 0; at < n * count; at++) square[at] = columns[at] * columns[at];
    for (let at = 0; at < rank * count; at++) left[at] = weighted[at] * columns[at];
    weightedSums(left.subarray(rank * count, (rank + size) * count), skeleton, weighted, columns, count);
    pairProducts(products, columns, rank, count);
    addWideProduct(squares.data, left, square, rank, count, n);
    addWideProduct(both.data, left, products, rank + size, count, pairs);
  }
  for (const { weight, covariance } of input.gaussians) {
    addGaussian({ squares, both }, weight, covariance, rank, skeleton);
  }
  return {
    squares,
    learned: { rows: rank, cols: pairs, data: both.data.subarray(0, rank * pairs) },
    others: { rows: size, cols: pairs, data: both.data.subarray(rank * pairs) },
  };
}

/** sum_c weight_p(c) weighted_c columns_c for each stimulus of a block, p x count. */
function weightedSums(
  out: Float64Array,
  { weights, first, count: others }: Skeleton,
  weighted: Float64Array,
  columns: Float64Array,
  count: number,
): void {
  out.fill(0);
  for (let c = 0; c < others; c++) {
    const from = (first + c) * count;
    for (let p = 0, to = 0; to < out.length; p++, to += count) {
      const factor = weights[p * others + c];
      for (let k = 0; k < count; k++) out[to + k] += factor * weighted[from + k] * columns[from + k];
    }
  }
}

function pairProducts(out: Float64Array, columns: Float64Array, rank: number, count: number): void {
  let at = 0;
  for (let c = 0; c < rank; c++) {
    for (let d = c; d < rank; d++) {
      const [left, right] = [c * count, d * count];
      for (let k = 0; k < count; k++, at++) out[at] = columns[left + k] * columns[right + k];
    }
  }
}

/** Isserlis: E x_e^2 x_c x_d = v_ee v_cd + 2 v_ec v_ed. */
function addGaussian(
  { squares, both }: { readonly squares: Matrix; readonly both: Matrix },
  weight: number,
  { data: v, cols: n }: Matrix,
  rank: number,
  { weights, first, count }: Skeleton,
): void {
  const moment = (e: number, c: number, d: number): number =>
    weight * (v[e * n + e] * v[c * n + d] + 2 * v[e * n + c] * v[e * n + d]);
  for (let a = 0; a < rank; a++) for (let c = 0; c < n; c++) squares.data[a * n + c] += moment(a, c, c);
  for (let c = 0; c < rank; c++) {
    for (let d = c; d < rank; d++) {
      const pair = pairOf(c, d, rank);
      for (let e = 0; e < rank; e++) both.data[e * both.cols + pair] += moment(e, c, d);
      for (let p = 0; p < both.rows - rank; p++) {
        let sum = 0;
        for (let k = 0; k < count; k++) sum += weights[p * count + k] * moment(first + k, c, d);
        both.data[(rank + p) * both.cols + pair] += sum;
      }
    }
  }
}
