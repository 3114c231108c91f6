import type { Estimate } from '#core';

/** Mean of independent values and its standard error. One value has an infinite error. */
export function meanEstimate(values: ArrayLike<number>): Estimate {
  const count = values.length;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += values[i];
  return { value: sum / count, se: Math.sqrt(covarianceOfMean(values, values)) };
}

/** Covariance of the means of two series of paired independent values; infinite for fewer than two pairs. */
export function covarianceOfMean(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const count = x.length;
  if (count < 2) return Infinity;
  let meanX = 0;
  let meanY = 0;
  for (let i = 0; i < count; i++) {
    meanX += x[i] / count;
    meanY += y[i] / count;
  }
  let sum = 0;
  for (let i = 0; i < count; i++) sum += (x[i] - meanX) * (y[i] - meanY);
  return sum / (count * (count - 1));
}

/**
 * Two-sided 95% confidence interval of a mean of `count` independent values: value -+ t se, t the 97.5% point of Student's
 * distribution with count - 1 degrees (Cornish-Fisher expansion, error below 1% from 4 degrees on).
 */
export function interval95({ value, se }: Estimate, count: number): [number, number] {
  const z = 1.959963984540054;
  const freedom = count - 1;
  const t =
    z +
    (z ** 3 + z) / (4 * freedom) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * freedom ** 3);
  return [value - t * se, value + t * se];
}
