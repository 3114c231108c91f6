import type { Matrix } from '#linalg';
import { contractPairs } from './contraction.js';
import type { NormalMode } from './hessian.js';
import type { SparseEntries } from './rotation-matrices.js';

/**
 * The rotation diffusion tensor (P x P, rad^2 per step). With T^ab the matrix of Theta -> Omega_ab Theta in the normal
 * eigenbasis (`matrices`), G_ab the `metric` and M^ab_ij = 2 T^ab_ij mu_i / (mu_i + mu_j):
 *   Cov(omega_ab, omega_cd) = eta^2 / (G_ab G_cd) sum M^ab_ij M^cd_kl Sigma_N,ik C_jl.
 * `noise` is C, `covariance` Sigma_N. Cost: see `contractPairs`.
 */
export function rotationTensor(
  learningRate: number,
  matrices: readonly SparseEntries[],
  metric: readonly number[],
  normal: readonly NormalMode[],
  noise: Matrix,
  covariance: Matrix,
): Matrix {
  const mu = normal.map(({ curvature }) => curvature);
  const weighted = matrices.map(({ rows, cols, values }) => ({
    rows,
    cols,
    values: values.map((value, k) => (2 * value * mu[rows[k]]) / (mu[rows[k]] + mu[cols[k]])),
  }));
  const tensor = contractPairs(weighted, covariance, noise);
  const size = matrices.length;
  for (let p = 0; p < size; p++) {
    for (let q = 0; q < size; q++) tensor.data[p * size + q] *= learningRate ** 2 / (metric[p] * metric[q]);
  }
  return tensor;
}
