import { MAX_MODES, type ModeBlocks } from '../commuting/hessian-blocks.js';
import type { CommutingModes } from '../commuting/modes.js';

/**
 * sum_ik X_i X_k f_i f_k / (mu_i + mu_k), i the modes of cell (a, c) and k those of (a, d): the covariance of X_ac and X_ad for one of
 * x~_a x~_c and x~_a x~_d, over the learning rate. `data`: f, `dataCoefficients`.
 */
export function coupledVariance(
  { columns }: CommutingModes,
  { counts, curvature, x }: ModeBlocks,
  data: Float64Array,
  a: number,
  c: number,
  d: number,
): number {
  const [here, there] = [a * columns + c, a * columns + d];
  let sum = 0;
  for (let i = 0, at = here * MAX_MODES; i < counts[here]; i++, at++) {
    const factor = x[at] * data[at];
    for (let k = 0, to = there * MAX_MODES; k < counts[there]; k++, to++) {
      sum += (factor * x[to] * data[to]) / (curvature[at] + curvature[to]);
    }
  }
  return sum;
}

/** sum_ij t_ij f_i f_j (mu_i - mu_j) / (mu_i + mu_j) as in `blockVelocity`, i the modes of cell (a, c) and j those of (b, c). */
export function velocityWeight(
  { columns }: CommutingModes,
  { counts, curvature, x, z }: ModeBlocks,
  data: Float64Array,
  a: number,
  b: number,
  c: number,
): number {
  const [here, there] = [a * columns + c, b * columns + c];
  let sum = 0;
  for (let i = 0, at = here * MAX_MODES; i < counts[here]; i++, at++) {
    for (let j = 0, to = there * MAX_MODES; j < counts[there]; j++, to++) {
      const t = x[at] * x[to] + z[at] * z[to];
      const [mi, mj] = [curvature[at], curvature[to]];
      sum += (t * data[at] * data[to] * (mi - mj)) / (mi + mj);
    }
  }
  return sum;
}
