import { dot } from '#linalg';
import type { Loss } from '#model';
import type { MeanDisplacement } from '../../solution.js';
import { cellCovariance, noiseTrace } from './gradient-noise.js';
import type { ModeBlocks } from './hessian-blocks.js';
import { minimumLossOf, modesOf, type CommutingModes } from './modes.js';

/**
 * Expected population loss in the stationary state, label noise included, to order eta, for a commuting task and any
 * input: `stationaryLoss` with the sums done block by block. The regularised loss adds 1/2 sum mu_i Sigma_N,ii =
 * eta/4 tr C to its minimum. Of the mean displacement only the part along Theta* enters, and H has no coupling between
 * (X_aa, Z_aa) and the rest; the force on them, 1/2 E D^3 L [N, N], needs covariances within blocks alone. Where reflections of the axes
 * leave the input as it is, that part is the whole mean displacement. O(r W).
 */
export function commutingLoss(
  modes: CommutingModes,
  blocks: ModeBlocks,
  noise: Float64Array,
): { readonly loss: Loss; readonly displacement: MeanDisplacement } {
  const { rank, columns, singularValues: s, variance, weightDecay: gamma, learningRate } = modes;
  const atMinimum = minimumLossOf(modes) + (modes.outputs * modes.labelNoiseVariance) / 2;
  const regularized = atMinimum + (learningRate / 4) * noiseTrace(modes, noise);
  const { x, z } = blocks;
  const [meanX, meanZ] = [new Float64Array(rank), new Float64Array(rank)];
  let total = 0;
  for (let a = 0; a < rank; a++) {
    const root = Math.sqrt(s[a]);
    let forceX = 0;
    let forceZ = 0;
    for (let c = 0; c < columns; c++) {
      const cell = a * columns + c;
      const xx = cellCovariance(learningRate, blocks, noise, cell, x, cell, x, cell);
      const zz = cellCovariance(learningRate, blocks, noise, cell, z, cell, z, cell);
      total += xx + zz;
      // [Z dM Sigma]_aa and [X Sigma dM^T]_aa, dM_ca = sqrt(s_c) X_ca + sqrt(s_a) Z_ac, dM_ac = sqrt(s_a) X_ac + sqrt(s_c) Z_ca.
      forceX += variance[a] * root * zz;
      forceZ += variance[c] * root * xx;
      if (c >= rank) continue;
      const other = c * columns + a;
      const rootC = Math.sqrt(s[c]);
      forceX += variance[a] * rootC * cellCovariance(learningRate, blocks, noise, cell, z, cell, x, other);
      forceZ += variance[c] * rootC * cellCovariance(learningRate, blocks, noise, cell, x, cell, z, other);
      // sqrt(s_a) lambda_a (d2M)_aa, d2M = Z^T X.
      const second = cellCovariance(learningRate, blocks, noise, other, z, other, x, other);
      forceX += root * variance[a] * second;
      forceZ += root * variance[a] * second;
    }
    // X + Z has the curvature 2 lambda s, X - Z has 2 gamma.
    const sum = -(forceX + forceZ) / (2 * variance[a] * s[a]);
    const difference = -(forceX - forceZ) / (2 * gamma);
    meanX[a] = (sum + difference) / 2;
    meanZ[a] = (sum - difference) / 2;
  }
  const alongTheta = s.reduce((sum, value, a) => sum + Math.sqrt(value) * (meanX[a] + meanZ[a]), 0);
  const squaredNorm = 2 * s.reduce((sum, value) => sum + value, 0) + 2 * alongTheta + total;
  return {
    loss: { regularized, task: regularized - (gamma / 2) * squaredNorm },
    displacement: {
      of: (stimulus) =>
        modesOf(modes, stimulus)
          .subarray(0, rank)
          .map((value, a) => meanX[a] * value),
      relative: Float64Array.from(s, (value, a) => Math.hypot(meanX[a], meanZ[a]) / Math.sqrt(value)),
      share: (dot(meanX, meanX) + dot(meanZ, meanZ)) / total,
    },
  };
}
