import { row } from '#linalg';
import type { InputDistribution } from '#model';
import type { CommutingModes } from './commuting-modes.js';

/**
 * The fourth moments that share a coordinate, E x~_e^2 x~_c x~_d, as a function of e, c, d: what velocity, fluctuation and
 * loss of a commuting task need. n^3 / 2 multiplications for each stimulus, n^3 numbers.
 */
export function squareMoments(
  { inputs: n }: CommutingModes,
  { stimuli, probabilities, gaussians }: InputDistribution,
): (e: number, c: number, d: number) => number {
  const moments = new Float64Array(n * n * n);
  for (let k = 0; k < stimuli.rows; k++) {
    const x = row(stimuli, k);
    for (let e = 0; e < n; e++) {
      const square = probabilities[k] * x[e] * x[e];
      for (let c = 0; c < n; c++) {
        const factor = square * x[c];
        const offset = (e * n + c) * n;
        for (let d = c; d < n; d++) moments[offset + d] += factor * x[d];
      }
    }
  }
  for (const { weight, covariance } of gaussians) {
    const v = covariance.data;
    for (let e = 0; e < n; e++) {
      for (let c = 0; c < n; c++) {
        for (let d = c; d < n; d++) {
          const moment = v[e * n + e] * v[c * n + d] + 2 * v[e * n + c] * v[e * n + d];
          moments[(e * n + c) * n + d] += weight * moment;
        }
      }
    }
  }
  return (e, c, d) => (Math.max(c, d, e) < n ? moments[(e * n + Math.min(c, d)) * n + Math.max(c, d)] : 0);
}
