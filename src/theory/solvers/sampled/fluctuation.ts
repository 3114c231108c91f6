import {
  addWideProduct,
  dot,
  multiply,
  PRODUCT_DEPTH,
  row,
  transpose,
  transposeColumns,
  zeros,
  type Matrix,
} from '#linalg';
import type { InputDistribution } from '#model';
import { CELL } from '../commuting/gradient-noise.js';
import { MAX_MODES, type ModeBlocks } from '../commuting/hessian-blocks.js';
import { modesOf, type CommutingModes } from '../commuting/modes.js';
import { coupledVariance } from './block-forms.js';
import type { Skeleton } from './skeleton.js';
import { pairOf, type SquareMoments } from './square-moments.js';

/**
 * F(x) = eta sum_a sum_cd x~_c x~_d sum_ik X_i X_k C_ik / (mu_i + mu_k), i the modes of cell (a, c) and k those of (a, d), exactly. For
 * c != d the noise is f_i f_k E x~_a^2 x~_c x~_d (`coupledVariance`), and the columns beyond the modes enter by p sums,
 * Y_p = sum_c weight_p(c) x~_c s_c for each stimulus s. p (r^2 + n) multiplications for each x and stimulus.
 */
export function fluctuationOf(
  modes: CommutingModes,
  blocks: ModeBlocks,
  noise: Float64Array,
  data: Float64Array,
  moments: SquareMoments,
  skeleton: Skeleton,
  input: InputDistribution,
): (x: ArrayLike<number>) => number {
  const { rank, learningRate, batchSize } = modes;
  const within = withinCells(modes, blocks, noise, data, moments);
  const learned = zeros(rank, rank);
  for (let c = 0; c < rank; c++) {
    for (let d = c; d < rank; d++) {
      let sum = 0;
      for (let a = 0; a < rank; a++) {
        sum +=
          coupledVariance(modes, blocks, data, a, c, d) *
          moments.learned.data[a * moments.learned.cols + pairOf(c, d, rank)];
      }
      learned.data[c * rank + d] = learned.data[d * rank + c] = sum / batchSize;
    }
  }
  return (stimulus) => {
    const x = modesOf(modes, stimulus);
    const own = within.reduce((sum, value, c) => sum + value * x[c] * x[c], 0);
    const modesAlone = x
      .subarray(0, rank)
      .reduce((sum, value, c) => sum + value * dot(row(learned, c), x.subarray(0, rank)), 0);
    return learningRate * (own + modesAlone + withOthers(modes, blocks, data, skeleton, input, x) / batchSize);
  };
}

/** For each column the variance within cells, less what the sums over all pairs of columns have of it. */
function withinCells(
  { rank, columns, inputs: n, batchSize }: CommutingModes,
  { counts, curvature, x }: ModeBlocks,
  noise: Float64Array,
  data: Float64Array,
  { squares }: SquareMoments,
): Float64Array {
  const result = new Float64Array(n);
  for (let a = 0; a < rank; a++) {
    for (let c = 0; c < n; c++) {
      const first = (a * columns + c) * MAX_MODES;
      const moment = squares.data[a * n + c] / batchSize;
      for (let i = 0; i < counts[a * columns + c]; i++) {
        for (let k = 0; k < counts[a * columns + c]; k++) {
          const [p, q] = [first + i, first + k];
          const covariance = noise[(a * columns + c) * CELL + i * MAX_MODES + k] - data[p] * data[q] * moment;
          result[c] += (x[p] * x[q] * covariance) / (curvature[p] + curvature[q]);
        }
      }
    }
  }
  return result;
}

/** The sums over pairs of columns of which one or both are beyond the modes. */
function withOthers(
  modes: CommutingModes,
  blocks: ModeBlocks,
  data: Float64Array,
  skeleton: Skeleton,
  input: InputDistribution,
  x: Float64Array,
): number {
  const { rank } = modes;
  const { columns } = skeleton;
  if (columns.length === 0) return 0;
  const { crossed, among } = otherMoments(rank, skeleton, input, x);
  let sum = 0;
  for (let a = 0; a < rank; a++) {
    for (let p = 0; p < columns.length; p++) {
      for (let c = 0; c < rank; c++) {
        const moment = crossed.data[a * crossed.cols + c * columns.length + p];
        sum += 2 * x[c] * coupledVariance(modes, blocks, data, a, c, columns[p]) * moment;
      }
      for (let q = p; q < columns.length; q++) {
        const moment = among.data[a * among.cols + pairOf(p, q, columns.length)];
        sum += (q > p ? 2 : 1) * coupledVariance(modes, blocks, data, a, columns[p], columns[q]) * moment;
      }
    }
  }
  return sum;
}

/** E s_a^2 s_c Y_p (r x r p) and E s_a^2 Y_p Y_q (r x pairs p <= q). */
function otherMoments(
  rank: number,
  skeleton: Skeleton,
  { size: n, stimuli, probabilities, gaussians }: InputDistribution,
  x: Float64Array,
): { readonly crossed: Matrix; readonly among: Matrix } {
  const size = skeleton.columns.length;
  const crossed = zeros(rank, rank * size);
  const among = zeros(rank, (size * (size + 1)) / 2);
  const most = Math.min(PRODUCT_DEPTH, stimuli.rows);
  const weights = weightsOfProbe(skeleton, n, x);
  const [learned, squares, y, withModes, withY] = [rank, rank, size, rank * size, among.cols].map(
    (rows) => new Float64Array(rows * most),
  );
  for (let from = 0; from < stimuli.rows; from += most) {
    const count = Math.min(most, stimuli.rows - from);
    const own = stimuli.data.subarray(from * n, (from + count) * n);
    transposeColumns(learned.subarray(0, rank * count), own, n, 0, count);
    for (let a = 0, at = 0; a < rank; a++) {
      for (let k = 0; k < count; k++, at++) squares[at] = probabilities[from + k] * learned[at] * learned[at];
    }
    y.fill(0);
    addWideProduct(y, weights, own, size, n, count);
    outer(withModes, learned, rank, y, size, count);
    let at = 0;
    for (let p = 0; p < size; p++) {
      for (let q = p; q < size; q++) {
        for (let k = 0; k < count; k++, at++) withY[at] = y[p * count + k] * y[q * count + k];
      }
    }
    addWideProduct(crossed.data, squares, withModes, rank, count, crossed.cols);
    addWideProduct(among.data, squares, withY, rank, count, among.cols);
  }
  for (const { weight, covariance } of gaussians) addGaussian({ crossed, among }, weight, covariance, skeleton, x);
  return { crossed, among };
}

/** weight_p(c) x~_c for all columns, p x n; 0 for the learned ones. */
function weightsOfProbe({ weights, columns, first, count }: Skeleton, n: number, x: Float64Array): Float64Array {
  const result = new Float64Array(columns.length * n);
  for (let p = 0; p < columns.length; p++) {
    for (let c = 0; c < count; c++) result[p * n + first + c] = weights[p * count + c] * x[first + c];
  }
  return result;
}

/** Products of each of r rows with each of p, for every stimulus. */
function outer(out: Float64Array, a: Float64Array, r: number, b: Float64Array, p: number, count: number): void {
  let at = 0;
  for (let i = 0; i < r; i++) {
    for (let j = 0; j < p; j++) {
      for (let k = 0; k < count; k++, at++) out[at] = a[i * count + k] * b[j * count + k];
    }
  }
}

/** Isserlis for s_a and the linear forms Y_p. */
function addGaussian(
  { crossed, among }: { readonly crossed: Matrix; readonly among: Matrix },
  weight: number,
  covariance: Matrix,
  { weights, first, count, columns }: Skeleton,
  x: Float64Array,
): void {
  const size = columns.length;
  const n = covariance.cols;
  const forms = zeros(size, n);
  for (let p = 0; p < size; p++) {
    for (let c = 0; c < count; c++) forms.data[p * n + first + c] = weights[p * count + c] * x[first + c];
  }
  const withModes = multiply(forms, covariance);
  const own = multiply(withModes, transpose(forms));
  for (let a = 0; a < crossed.rows; a++) {
    const variance = covariance.data[a * n + a];
    for (let p = 0; p < size; p++) {
      const ofA = withModes.data[p * n + a];
      for (let c = 0; c < crossed.rows; c++) {
        crossed.data[a * crossed.cols + c * size + p] +=
          weight * (variance * withModes.data[p * n + c] + 2 * covariance.data[a * n + c] * ofA);
      }
      for (let q = p; q < size; q++) {
        among.data[a * among.cols + pairOf(p, q, size)] +=
          weight * (variance * own.data[p * size + q] + 2 * ofA * withModes.data[q * n + a]);
      }
    }
  }
}
