import { isFirst } from './block-index.js';
import { MAX_MODES, type ModeBlocks } from './hessian-blocks.js';
import type { CommutingModes } from './modes.js';

/** Entries of the covariance matrix of a cell, MAX_MODES x MAX_MODES. */
export const CELL = MAX_MODES * MAX_MODES;

/** Cov(x~_a x~_c, x~_b x~_d), by the four numbers a, c, b, d: all that a commuting task needs to know of its input. */
export type ProductCovariance = (a: number, c: number, b: number, d: number) => number;

/**
 * Covariance C of the gradient noise within each block, in its normal modes, per step: CELL numbers for each cell, modes
 * (k, l) at k MAX_MODES + l. With kappa = Var(x~_a x~_c) and P, Q as in `ModeBlocks`:
 *   Var P = rho_a^2 kappa + sigma2 l_c, Var Q = rho_c^2 kappa + sigma2 l_a, Cov(P, Q) = rho_a rho_c kappa, all over B.
 * Exact for every input; where the input is symmetric under reflections of the axes, different blocks are uncorrelated.
 * O(r W).
 */
export function blockNoise(
  modes: CommutingModes,
  blocks: ModeBlocks,
  productVariance: (a: number, c: number) => number,
): Float64Array {
  const { rank, columns, variance, residual, labelNoiseVariance: sigma2, batchSize } = modes;
  const { counts, fromP, fromQ } = blocks;
  const result = new Float64Array(rank * columns * CELL);
  for (let a = 0; a < rank; a++) {
    for (let c = 0; c < columns; c++) {
      const cell = a * columns + c;
      const kappa = productVariance(a, c);
      const pp = (residual[a] ** 2 * kappa + sigma2 * variance[c]) / batchSize;
      const qq = (residual[c] ** 2 * kappa + sigma2 * variance[a]) / batchSize;
      const pq = (residual[a] * residual[c] * kappa) / batchSize;
      for (let k = 0; k < counts[cell]; k++) {
        const [pk, qk] = [fromP[cell * MAX_MODES + k], fromQ[cell * MAX_MODES + k]];
        for (let l = 0; l < counts[cell]; l++) {
          const [pl, ql] = [fromP[cell * MAX_MODES + l], fromQ[cell * MAX_MODES + l]];
          result[cell * CELL + k * MAX_MODES + l] = pk * pl * pp + (pk * ql + qk * pl) * pq + qk * ql * qq;
        }
      }
    }
  }
  return result;
}

/**
 * Stationary covariance of two linear forms in the displacement N of a cell, sum_k u_k N_k and sum_l v_l N_l:
 * sum u_k Sigma_N,kl v_l with Sigma_N,kl = eta C_kl / (mu_k + mu_l). `u` and `v` hold the coefficients of all cells.
 */
export function cellCovariance(
  learningRate: number,
  blocks: ModeBlocks,
  noise: Float64Array,
  cell: number,
  u: Float64Array,
  uCell: number,
  v: Float64Array,
  vCell: number,
): number {
  const { counts, curvature } = blocks;
  let sum = 0;
  for (let k = 0; k < counts[cell]; k++) {
    for (let l = 0; l < counts[cell]; l++) {
      const covariance =
        noise[cell * CELL + k * MAX_MODES + l] / (curvature[cell * MAX_MODES + k] + curvature[cell * MAX_MODES + l]);
      sum += u[uCell * MAX_MODES + k] * covariance * v[vCell * MAX_MODES + l];
    }
  }
  return learningRate * sum;
}

/** Trace of C: each block once. */
export function noiseTrace({ rank, columns }: CommutingModes, noise: Float64Array): number {
  let trace = 0;
  for (let a = 0; a < rank; a++) {
    for (let c = 0; c < columns; c++) {
      if (!isFirst(a, c)) continue;
      const cell = a * columns + c;
      for (let k = 0; k < MAX_MODES; k++) trace += noise[cell * CELL + k * MAX_MODES + k];
    }
  }
  return trace;
}
