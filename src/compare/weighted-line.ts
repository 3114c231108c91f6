import type { Estimate } from '#core';

export interface Line {
  readonly intercept: Estimate;
  readonly slope: Estimate;
  /** Weighted sum of squared residuals. */
  readonly chiSquare: number;
  /** The intercept is the sum of these times y. */
  readonly weights: readonly number[];
}

/** Weighted least squares of y = intercept + slope x. */
export function weightedLine(points: readonly { readonly x: number; readonly y: Estimate }[]): Line {
  let [w, wx, wy, wxx, wxy] = [0, 0, 0, 0, 0];
  for (const { x, y } of points) {
    const weight = 1 / y.se ** 2;
    w += weight;
    wx += weight * x;
    wy += weight * y.value;
    wxx += weight * x * x;
    wxy += weight * x * y.value;
  }
  const determinant = w * wxx - wx * wx;
  const intercept = { value: (wxx * wy - wx * wxy) / determinant, se: Math.sqrt(wxx / determinant) };
  const slope = { value: (w * wxy - wx * wy) / determinant, se: Math.sqrt(w / determinant) };
  return {
    intercept,
    slope,
    chiSquare: points.reduce((sum, { x, y }) => sum + ((y.value - intercept.value - slope.value * x) / y.se) ** 2, 0),
    weights: points.map(({ x, y }) => (wxx - wx * x) / (determinant * y.se ** 2)),
  };
}
