import { row } from '#linalg';
import type { InputDistribution } from '#model';
import type { CommutingModes } from '../commuting/modes.js';

/** Stimuli added in one pass over the table. */
const PASS = 4;

/** Size of the table of `squareMoments`, of which each stimulus adds to half. */
export const squareMomentCount = ({ rank, inputs: n }: CommutingModes): number =>
  rank * n ** 2 + (n - rank) * rank ** 2;

/**
 * The fourth moments that share a coordinate, E x~_e^2 x~_c x~_d, as a function of e, c, d: what velocity, fluctuation and
 * loss of a commuting task need. Where e is learned c and d are any, otherwise both are learned. About r n^2 / 2
 * multiplications for each stimulus, r n^2 numbers in memory.
 */
export function squareMoments(
  modes: CommutingModes,
  { stimuli, probabilities, gaussians }: InputDistribution,
): (e: number, c: number, d: number) => number {
  const { rank, inputs: n } = modes;
  const moments = new Float64Array(squareMomentCount(modes));
  const width = (e: number): number => (e < rank ? n : rank);
  const start = (e: number): number => (e < rank ? e * n * n : rank * n * n + (e - rank) * rank * rank);
  const nothing = new Float64Array(n);
  for (let first = 0; first < stimuli.rows; first += PASS) {
    // Beyond the last stimulus the weights are 0.
    const weights = Array.from({ length: PASS }, (_, t) => (first + t < stimuli.rows ? probabilities[first + t] : 0));
    const [p, q, r, s] = weights.map((_, t) => (first + t < stimuli.rows ? row(stimuli, first + t) : nothing));
    for (let e = 0; e < n; e++) {
      const size = width(e);
      const [pe, qe, re, se] = [
        weights[0] * p[e] ** 2,
        weights[1] * q[e] ** 2,
        weights[2] * r[e] ** 2,
        weights[3] * s[e] ** 2,
      ];
      for (let c = 0, offset = start(e); c < size; c++, offset += size) {
        const [pc, qc, rc, sc] = [pe * p[c], qe * q[c], re * r[c], se * s[c]];
        for (let d = c; d < size; d++) moments[offset + d] += pc * p[d] + qc * q[d] + rc * r[d] + sc * s[d];
      }
    }
  }
  for (const { weight, covariance } of gaussians) {
    const v = covariance.data;
    for (let e = 0; e < n; e++) {
      const size = width(e);
      for (let c = 0, offset = start(e); c < size; c++, offset += size) {
        for (let d = c; d < size; d++) {
          moments[offset + d] += weight * (v[e * n + e] * v[c * n + d] + 2 * v[e * n + c] * v[e * n + d]);
        }
      }
    }
  }
  // Columns beyond the inputs have x = 0.
  return (e, c, d) => (Math.max(c, d, e) < n ? moments[start(e) + Math.min(c, d) * width(e) + Math.max(c, d)] : 0);
}
