import type { ProductCovariance } from './gradient-noise.js';
import { MAX_MODES, type ModeBlocks } from './hessian-blocks.js';
import type { ModeList } from './mode-list.js';
import type { CommutingModes } from './modes.js';

/**
 * E omega_ab per step (P numbers, rad): (eta^2 / G_ab) sum_c sum_ij t_ij C_ij (mu_i - mu_j) / (mu_i + mu_j), i in cell
 * (a, c), j in cell (b, c), t_ij = x_i x_j + z_i z_j. O(r^2 W).
 */
export function blockVelocity(
  modes: CommutingModes,
  { counts, x, z }: ModeBlocks,
  list: ModeList,
  covariance: ProductCovariance,
): Float64Array {
  const { rank, columns, inputs: n, singularValues: s, learningRate, batchSize } = modes;
  const velocity = new Float64Array((rank * (rank - 1)) / 2);
  let plane = 0;
  for (let a = 0; a < rank; a++) {
    for (let b = a + 1; b < rank; b++) {
      let sum = 0;
      for (let c = 0; c < n; c++) {
        const [here, there] = [a * columns + c, b * columns + c];
        let pairs = 0;
        for (let i = 0; i < counts[here]; i++) {
          const [p, mi] = [here * MAX_MODES + i, list.curvature[list.first[here] + i]];
          for (let j = 0; j < counts[there]; j++) {
            const [q, mj] = [there * MAX_MODES + j, list.curvature[list.first[there] + j]];
            const factors = list.data[list.first[here] + i] * list.data[list.first[there] + j];
            pairs += ((x[p] * x[q] + z[p] * z[q]) * factors * (mi - mj)) / (mi + mj);
          }
        }
        if (pairs !== 0) sum += pairs * covariance(a, c, b, c);
      }
      velocity[plane++] = (learningRate ** 2 * sum) / (2 * (s[a] + s[b]) * batchSize);
    }
  }
  return velocity;
}
