import type { Estimate } from '#core';

/** The exponent of a power law y = a x^s through points with errors: weighted least squares of ln y against ln x. */
export function exponentOf(points: readonly { readonly x: number; readonly y: Estimate }[]): Estimate {
  let [w, wx, wy, wxx, wxy] = [0, 0, 0, 0, 0];
  for (const { x, y } of points) {
    const weight = (y.value / y.se) ** 2;
    const [u, v] = [Math.log(x), Math.log(y.value)];
    w += weight;
    wx += weight * u;
    wy += weight * v;
    wxx += weight * u * u;
    wxy += weight * u * v;
  }
  const determinant = w * wxx - wx * wx;
  return { value: (w * wxy - wx * wy) / determinant, se: Math.sqrt(w / determinant) };
}

/** The weighted mean of estimates with independent errors. */
export function weightedMean(estimates: readonly Estimate[]): Estimate {
  const weights = estimates.map(({ se }) => 1 / se ** 2);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const value = estimates.reduce((sum, { value: own }, i) => sum + weights[i] * own, 0) / total;
  return { value, se: 1 / Math.sqrt(total) };
}
