import type { Estimate } from '#core';

/** Weighted mean of independent values and its standard error; equal weights unless given. One value has an infinite error. */
export function meanEstimate(values: ArrayLike<number>, weights?: ArrayLike<number>): Estimate {
  return { value: mean(values, weights), se: Math.sqrt(covarianceOfMean(values, values, weights)) };
}

function mean(values: ArrayLike<number>, weights?: ArrayLike<number>): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    const weight = weights ? weights[i] : 1;
    sum += weight * values[i];
    total += weight;
  }
  return sum / total;
}

/**
 * Covariance of the weighted means of two series of paired independent values, from their scatter:
 * N/(N-1) sum w^2 (x - mean)(y - mean) / (sum w)^2. Infinite for fewer than two pairs.
 */
export function covarianceOfMean(x: ArrayLike<number>, y: ArrayLike<number>, weights?: ArrayLike<number>): number {
  const count = x.length;
  if (count < 2) return Infinity;
  const meanX = mean(x, weights);
  const meanY = mean(y, weights);
  let sum = 0;
  let total = 0;
  for (let i = 0; i < count; i++) {
    const weight = weights ? weights[i] : 1;
    sum += weight * weight * (x[i] - meanX) * (y[i] - meanY);
    total += weight;
  }
  return ((count / (count - 1)) * sum) / (total * total);
}

/** 97.5% points of Student's distribution with 1, 2 and 3 degrees, where the expansion is poor. */
const FEW_DEGREES = [12.706, 4.303, 3.182];

/**
 * Two-sided 95% confidence interval of a mean of `count` independent values: value -+ t se, t the 97.5% point of Student's
 * distribution with count - 1 degrees (Cornish-Fisher expansion from 4 degrees on, error below 0.2%).
 */
export function interval95({ value, se }: Estimate, count: number): [number, number] {
  const z = 1.959963984540054;
  const z2 = z * z;
  const freedom = count - 1;
  const expansion =
    z +
    (z * (z2 + 1)) / (4 * freedom) +
    (z * ((5 * z2 + 16) * z2 + 3)) / (96 * freedom ** 2) +
    (z * (((3 * z2 + 19) * z2 + 17) * z2 - 15)) / (384 * (freedom * freedom * freedom));
  const t = freedom <= FEW_DEGREES.length ? FEW_DEGREES[freedom - 1] : expansion;
  return [value - t * se, value + t * se];
}
