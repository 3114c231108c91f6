import type { Estimate } from '#core';
import { fromRows, identity, solve, type Matrix } from '#linalg';

export interface PowerLaw {
  /** s of y = a x^s (1 + c x + ...). */
  readonly exponent: Estimate;
  /** c. */
  readonly correction: Estimate;
  /** Weighted sum of squared residuals; expected: points - 3. */
  readonly chiSquare: number;
  /** Likely bias of the exponent: the effect of the next term of the logarithm, (c x)^2 / 2, which is not fitted. */
  readonly curvature: number;
}

/**
 * Weighted least squares of ln y = ln a + s ln x + c x: the exponent of a law that holds to leading order, with its
 * first correction. Needs four points or more, x and y above 0; throws RangeError otherwise.
 */
export function fitPowerLaw(points: readonly { readonly x: number; readonly y: Estimate }[]): PowerLaw {
  if (points.length < 4 || !points.every(({ x, y }) => x > 0 && y.value > 0 && y.se > 0)) {
    throw new RangeError('a power law needs four points or more, all above 0, with errors');
  }
  const rows = points.map(({ x }) => [1, Math.log(x), x]);
  const weights = points.map(({ y }) => (y.value / y.se) ** 2);
  const covariance = solve(normalMatrix(rows, weights), identity(3));
  const coefficients = (values: readonly number[]): number[] => {
    const moments = [0, 1, 2].map((i) => values.reduce((sum, value, k) => sum + weights[k] * rows[k][i] * value, 0));
    return [0, 1, 2].map((i) => moments.reduce((sum, moment, j) => sum + covariance.data[3 * i + j] * moment, 0));
  };
  const logarithms = points.map(({ y }) => Math.log(y.value));
  const [offset, s, c] = coefficients(logarithms);
  const error = (i: number): number => Math.sqrt(covariance.data[4 * i]);
  return {
    exponent: { value: s, se: error(1) },
    correction: { value: c, se: error(2) },
    chiSquare: logarithms.reduce(
      (sum, value, k) => sum + weights[k] * (value - offset - s * rows[k][1] - c * rows[k][2]) ** 2,
      0,
    ),
    curvature: coefficients(points.map(({ x }) => -((c * x) ** 2) / 2))[1],
  };
}

function normalMatrix(rows: readonly (readonly number[])[], weights: readonly number[]): Matrix {
  return fromRows(
    [0, 1, 2].map((i) => [0, 1, 2].map((j) => rows.reduce((sum, row, k) => sum + weights[k] * row[i] * row[j], 0))),
  );
}
