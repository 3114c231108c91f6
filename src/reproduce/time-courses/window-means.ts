import type { Estimate } from '#core';

/** Means over the windows between successive times. */
interface WindowMeans {
  /** Steps, ascending. */
  readonly steps: readonly number[];
  /** Mean over the window that ends at each time. */
  readonly means: readonly Estimate[];
}

/**
 * Relative difference between the last window and the first `count` windows together, without the very first. Windows
 * are weighted by their length, not by their errors: small means with small errors would bias the mean.
 */
export function relativeChange({ steps, means }: WindowMeans, count: number): Estimate {
  const early = Array.from({ length: count }, (_, k) => k + 1);
  const length = (k: number): number => steps[k] - steps[k - 1];
  const total = early.reduce((sum, k) => sum + length(k), 0);
  const before = early.reduce((sum, k) => sum + length(k) * means[k].value, 0) / total;
  const se = Math.hypot(...early.map((k) => length(k) * means[k].se)) / total;
  const after = means[means.length - 1];
  return { value: after.value / before - 1, se: Math.hypot(after.se, se) / before };
}
