import { dot } from '#linalg';
import type { ProbePrediction } from '../solution.js';

/** What the mean direction of a representation depends on. */
export type Fluctuating = Pick<ProbePrediction, 'representation' | 'squaredNorm' | 'fluctuation' | 'fluctuationAlong'>;

/**
 * E h / |h| in the frame, to order eta, for h = c + n: what fluctuates across the code, F_across = F - F_along, shortens it by
 * F_across / 2 |c|^2, and what fluctuates along the code in step with that turns it. null where c is 0.
 */
export function meanDirection({
  representation: c,
  squaredNorm,
  fluctuation,
  fluctuationAlong,
}: Fluctuating): Float64Array | null {
  const square = dot(c, c);
  if (!(square > 0)) return null;
  const unit = c.map((value) => value / Math.sqrt(square));
  const along = dot(unit, fluctuationAlong);
  // F about the mean code, which at the next order is not that of the manifold.
  const across = Math.max(squaredNorm + fluctuation - square - along, 0);
  const length = 1 / Math.sqrt(1 + across / square);
  return unit.map((value, a) => length * value - (fluctuationAlong[a] - along * value) / square);
}
