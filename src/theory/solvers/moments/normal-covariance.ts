import { zeros, type Matrix } from '#linalg';
import { MAX_MODES, type ModeBlocks } from '../commuting/hessian-blocks.js';
import type { ModeList } from '../commuting/mode-list.js';
import type { CommutingModes } from '../commuting/modes.js';

/** Sigma_N / eta = C_ik / (mu_i + mu_k), modes x modes, from the covariance of the products and the label noise. */
export function normalCovariance(modes: CommutingModes, blocks: ModeBlocks, list: ModeList, moments: Matrix): Matrix {
  const { count, block, curvature, data } = list;
  const result = zeros(count, count);
  const { labelNoiseVariance: sigma2, batchSize } = modes;
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < count; k++) {
      const c = data[i] * data[k] * moments.data[block[i] * moments.cols + block[k]];
      result.data[i * count + k] = c / (batchSize * (curvature[i] + curvature[k]));
    }
  }
  if (sigma2 === 0) return result;
  const { rank, columns, variance } = modes;
  const { counts, fromP, fromQ } = blocks;
  for (let a = 0; a < rank; a++) {
    for (let c = a; c < columns; c++) {
      const cell = a * columns + c;
      for (let k = 0; k < counts[cell]; k++) {
        for (let l = 0; l < counts[cell]; l++) {
          const [p, q] = [cell * MAX_MODES + k, cell * MAX_MODES + l];
          const [i, j] = [list.first[cell] + k, list.first[cell] + l];
          const label = sigma2 * (variance[c] * fromP[p] * fromP[q] + variance[a] * fromQ[p] * fromQ[q]);
          result.data[i * count + j] += label / (batchSize * (curvature[i] + curvature[j]));
        }
      }
    }
  }
  return result;
}
