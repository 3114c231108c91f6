import type { Estimate } from '#core';

/** Ratio simulation / theory at one learning rate. */
export interface RatePoint {
  readonly learningRate: number;
  readonly ratio: Estimate;
}

/** The straight line through ratio against learning rate. */
export interface Extrapolation {
  /** The ratio at eta -> 0. */
  readonly limit: Estimate;
  /** c of ratio = limit (1 + c eta) to first order: the slope over eta. */
  readonly slope: Estimate;
  /** Weighted sum of squared residuals; expected: rates - 2. */
  readonly chiSquare: number;
  /** Likely bias of the limit: the effect of a term (c eta)^2 in the ratio, which a straight line lacks. */
  readonly curvature: number;
}

/**
 * Straight line through ratio against learning rate, weighted by 1/se^2, extrapolated to eta = 0. The theory is the leading order,
 * so ratio = 1 + c eta + O(eta^2): the rates must be small enough for the line to fit (see chiSquare).
 * Null for fewer than three different rates or errors that are not positive and finite.
 */
export function extrapolateToZeroRate(points: readonly RatePoint[]): Extrapolation | null {
  if (new Set(points.map(({ learningRate }) => learningRate)).size < 3) return null;
  if (!points.every(({ ratio: { se } }) => se > 0 && Number.isFinite(se))) return null;
  let w = 0;
  let wx = 0;
  let wy = 0;
  let wxx = 0;
  let wxy = 0;
  let wxxx = 0;
  for (const { learningRate: x, ratio } of points) {
    const weight = 1 / ratio.se ** 2;
    w += weight;
    wx += weight * x;
    wy += weight * ratio.value;
    wxx += weight * x * x;
    wxy += weight * x * ratio.value;
    wxxx += weight * x * x * x;
  }
  const determinant = w * wxx - wx * wx;
  const limit = { value: (wxx * wy - wx * wxy) / determinant, se: Math.sqrt(wxx / determinant) };
  const slope = { value: (w * wxy - wx * wy) / determinant, se: Math.sqrt(w / determinant) };
  const chiSquare = points.reduce(
    (sum, { learningRate, ratio }) => sum + ((ratio.value - limit.value - slope.value * learningRate) / ratio.se) ** 2,
    0,
  );
  const curvature = (slope.value * slope.value * (wxx * wxx - wx * wxxx)) / determinant;
  return { limit, slope, chiSquare, curvature };
}
