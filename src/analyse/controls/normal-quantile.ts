import { exceedsF } from '#compare';

const LARGE = 1e9;

/** The point below which a standard normal deviate is with probability `share` in (0, 1), by bisection to 1e-12. */
export function normalQuantile(share: number): number {
  if (share === 0.5) return 0;
  const tail = 2 * Math.min(share, 1 - share);
  let [low, high] = [0, 40];
  while (high - low > 1e-12) {
    const middle = (low + high) / 2;
    if (exceedsF(middle * middle, 1, LARGE) > tail) low = middle;
    else high = middle;
  }
  return share < 0.5 ? -high : high;
}
