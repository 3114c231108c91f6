import { dot, row, zeros, type Matrix } from '#linalg';
import { CELL, type ProductCovariance } from './gradient-noise.js';
import { MAX_MODES, type ModeBlocks } from './hessian-blocks.js';
import type { ModeList } from './mode-list.js';
import { modesOf, type CommutingModes } from './modes.js';

/** F(x) = x~^T Phi x~ (activation^2), x in the original coordinates. O(r n^2) once, O(n^2) for each x. */
export function fluctuation(
  modes: CommutingModes,
  blocks: ModeBlocks,
  list: ModeList,
  noise: Float64Array,
  covariance: ProductCovariance,
): (x: ArrayLike<number>) => number {
  const form = fluctuationForm(modes, blocks, list, noise, covariance);
  return (x) => {
    const coordinates = modesOf(modes, x);
    return coordinates.reduce((sum, value, c) => sum + value * dot(row(form, c), coordinates), 0);
  };
}

/** Phi (n x n): Phi_cd = sum_a Cov(X_ac, X_ad) in the stationary state. */
function fluctuationForm(
  modes: CommutingModes,
  blocks: ModeBlocks,
  list: ModeList,
  noise: Float64Array,
  covariance: ProductCovariance,
): Matrix {
  const { rank, columns, inputs: n, learningRate, batchSize } = modes;
  const { counts, x } = blocks;
  const form = zeros(n, n);
  for (let a = 0; a < rank; a++) {
    for (let c = 0; c < n; c++) {
      for (let d = c; d < n; d++) {
        const [here, there] = [a * columns + c, a * columns + d];
        let sum = 0;
        for (let i = 0; i < counts[here]; i++) {
          for (let k = 0; k < counts[there]; k++) {
            const [p, q] = [list.first[here] + i, list.first[there] + k];
            const within = c === d ? noise[here * CELL + i * MAX_MODES + k] : list.data[p] * list.data[q];
            sum +=
              (x[here * MAX_MODES + i] * x[there * MAX_MODES + k] * within) / (list.curvature[p] + list.curvature[q]);
          }
        }
        if (c !== d && sum !== 0) sum *= covariance(a, c, a, d) / batchSize;
        form.data[c * n + d] += learningRate * sum;
        if (c !== d) form.data[d * n + c] += learningRate * sum;
      }
    }
  }
  return form;
}
