import type { Estimate } from '#core';

/** Ratio simulation / theory at one learning rate. */
export interface RatePoint {
  readonly learningRate: number;
  readonly ratio: Estimate;
  /** The same ratio by the next order of the theory, 1 + c eta; null or missing where that is not known. */
  readonly nextOrder?: number | null;
}

/** What the ratios are taken to be at small learning rates. */
export type LimitMethod = 'nextOrder' | 'straightLine';

/** The ratio at eta -> 0. */
export interface Extrapolation {
  /** Its error has the statistical one and the likely bias in quadrature. */
  readonly limit: Estimate;
  readonly method: LimitMethod;
  /** Next order: of simulation / next order over eta^2. Straight line: of the ratio over eta, c of ratio = limit (1 + c eta) to first order. */
  readonly slope: Estimate;
  /** Weighted sum of squared residuals; expected: rates - 2. */
  readonly chiSquare: number;
  /** From the errors of the ratios alone. */
  readonly statisticalError: number;
  /** Likely bias of the limit: what the first term that is not fitted would add to it. */
  readonly curvature: number;
  /** The limit is the sum of these times the ratios, in the order of the points. */
  readonly weights: readonly number[];
}

/**
 * The limit eta -> 0 of ratio simulation / theory, weighted by 1/se^2. The theory is the leading order, so that ratio = 1 + c eta + O(eta^2).
 * Where c is known at every rate, (ratio / (1 + c eta)) is a straight line in eta^2, and what is left of order eta^3 is taken to be
 * d max(|c|, sqrt(|d|)), d the slope. Otherwise the ratio is a straight line in eta, and its curvature is taken to be c^2.
 * The rates must be small enough for the line to fit (see chiSquare). Null for fewer than three different rates or errors that are not
 * positive and finite.
 */
export function extrapolateToZeroRate(points: readonly RatePoint[]): Extrapolation | null {
  if (new Set(points.map(({ learningRate }) => learningRate)).size < 3) return null;
  if (!points.every(({ ratio: { se } }) => se > 0 && Number.isFinite(se))) return null;
  const known = points.map(({ nextOrder }) => nextOrder ?? 0);
  return known.every((value) => value > 0) ? againstNextOrder(points, known) : straightLine(points);
}

function againstNextOrder(points: readonly RatePoint[], expected: readonly number[]): Extrapolation {
  const line = weightedLine(
    points.map(({ learningRate: eta, ratio: { value, se } }, i) => ({
      x: eta * eta,
      y: { value: value / expected[i], se: se / expected[i] },
    })),
  );
  const change = Math.max(...points.map(({ learningRate: eta }, i) => Math.abs(expected[i] - 1) / eta));
  const d = Math.abs(line.slope.value);
  const cubic = d * Math.max(change, Math.sqrt(d));
  const curvature = cubic * line.weights.reduce((sum, weight, i) => sum + weight * points[i].learningRate ** 3, 0);
  return extrapolation(
    'nextOrder',
    { ...line, weights: line.weights.map((weight, i) => weight / expected[i]) },
    curvature,
  );
}

function straightLine(points: readonly RatePoint[]): Extrapolation {
  const line = weightedLine(points.map(({ learningRate: x, ratio: y }) => ({ x, y })));
  const squares = line.weights.reduce((sum, weight, i) => sum + weight * points[i].learningRate ** 2, 0);
  return extrapolation('straightLine', line, line.slope.value ** 2 * squares);
}

const extrapolation = (
  method: LimitMethod,
  { intercept: { value, se }, slope, chiSquare, weights }: Line,
  curvature: number,
): Extrapolation => ({
  limit: { value, se: Math.hypot(se, curvature) },
  method,
  slope,
  chiSquare,
  statisticalError: se,
  curvature,
  weights,
});

interface Line {
  readonly intercept: Estimate;
  readonly slope: Estimate;
  readonly chiSquare: number;
  /** The intercept is the sum of these times y. */
  readonly weights: readonly number[];
}

/** Weighted least squares of y = intercept + slope x. */
function weightedLine(points: readonly { readonly x: number; readonly y: Estimate }[]): Line {
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
