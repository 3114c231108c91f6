import type { Matrix } from '#linalg';
import type { NormalMode } from './hessian.js';
import type { SparseEntries } from './rotation-matrices.js';

/**
 * The directed velocity (P, rad per step), beyond the paper, with the names of `rotationTensor`:
 *   E omega_ab = (1 / G_ab) (eta^2 / 2) sum T^ab_ij C_ij (mu_i - mu_j) / (mu_i + mu_j).
 */
export function directedVelocity(
  learningRate: number,
  matrices: readonly SparseEntries[],
  metric: readonly number[],
  normal: readonly NormalMode[],
  noise: Matrix,
): Float64Array {
  const mu = normal.map(({ curvature }) => curvature);
  const count = normal.length;
  return Float64Array.from(matrices, ({ rows, cols, values }, plane) => {
    let sum = 0;
    for (let k = 0; k < values.length; k++) {
      const i = rows[k];
      const j = cols[k];
      sum += (values[k] * noise.data[i * count + j] * (mu[i] - mu[j])) / (mu[i] + mu[j]);
    }
    return (learningRate * learningRate * sum) / (2 * metric[plane]);
  });
}
