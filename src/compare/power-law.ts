import type { Estimate } from '#core';
import { fromRows, identity, solve, type Matrix } from '#linalg';
import { log } from '#random';

/** A value of y = a x^s (1 + c x + ...). */
export interface PowerPoint {
  readonly x: number;
  readonly y: Estimate;
  /** 1 + c x where the theory knows it; null or missing otherwise. */
  readonly nextOrder?: number | null;
}

export interface PowerLaw {
  /** s of y = a x^s (1 + c x + ...). */
  readonly exponent: Estimate;
  /** c; of y / (1 + c x) the coefficient of x^2 where c is known. */
  readonly correction: Estimate;
  /** Weighted sum of squared residuals; expected: points - 3. */
  readonly chiSquare: number;
  /**
   * Likely bias of the exponent: the effect of the next term of the logarithm, which is not fitted. Where c is not known (c x)^2 / 2, else
   * d max(|c|, sqrt(|d|)) x^3, d being the correction.
   */
  readonly curvature: number;
}

/**
 * Weighted least squares of ln y = ln a + s ln x + c x: the exponent of a law that holds to leading order, with its
 * first correction. Where c is known at every point, of ln y - ln (1 + c x) = ln a + s ln x + d x^2. Needs four points or more, x and y
 * above 0; throws RangeError otherwise.
 */
export function fitPowerLaw(points: readonly PowerPoint[]): PowerLaw {
  if (points.length < 4 || !points.every(({ x, y }) => x > 0 && y.value > 0 && y.se > 0)) {
    throw new RangeError('a power law needs four points or more, all above 0, with errors');
  }
  const expected = points.map(({ nextOrder }) => nextOrder ?? 0);
  const isKnown = expected.every((value) => value > 0);
  const rows = points.map(({ x }) => [1, log(x), isKnown ? x * x : x]);
  const weights = points.map(({ y }) => (y.value / y.se) ** 2);
  const covariance = solve(normalMatrix(rows, weights), identity(3));
  const coefficients = (values: readonly number[]): number[] => {
    const moments = [0, 1, 2].map((i) => values.reduce((sum, value, k) => sum + weights[k] * rows[k][i] * value, 0));
    return [0, 1, 2].map((i) => moments.reduce((sum, moment, j) => sum + covariance.data[3 * i + j] * moment, 0));
  };
  const logarithms = points.map(({ y }, k) => log(y.value) - (isKnown ? log(expected[k]) : 0));
  const [offset, s, c] = coefficients(logarithms);
  const error = (i: number): number => Math.sqrt(covariance.data[4 * i]);
  const change = Math.max(...points.map(({ x }, k) => Math.abs(expected[k] - 1) / x));
  const left = (x: number): number =>
    isKnown ? Math.abs(c) * Math.max(change, Math.sqrt(Math.abs(c))) * x ** 3 : -((c * x) ** 2) / 2;
  return {
    exponent: { value: s, se: error(1) },
    correction: { value: c, se: error(2) },
    chiSquare: logarithms.reduce(
      (sum, value, k) => sum + weights[k] * (value - offset - s * rows[k][1] - c * rows[k][2]) ** 2,
      0,
    ),
    curvature: coefficients(points.map(({ x }) => left(x)))[1],
  };
}

function normalMatrix(rows: readonly (readonly number[])[], weights: readonly number[]): Matrix {
  return fromRows(
    [0, 1, 2].map((i) => [0, 1, 2].map((j) => rows.reduce((sum, row, k) => sum + weights[k] * row[i] * row[j], 0))),
  );
}
