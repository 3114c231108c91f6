import type { Estimate } from '#core';
import { exp } from '#random';

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

/** Two-sided 95% confidence interval of a mean of `count` independent values: value -+ t se, see `studentPoint`. */
export function interval95({ value, se }: Estimate, count: number): [number, number] {
  const t = studentPoint(count - 1);
  return [value - t * se, value + t * se];
}

/**
 * That of a mean correlation, on Fisher's scale atanh, where the scatter does not depend on the value: near 1 and -1 values are skewed, and an
 * interval that is symmetric misses too often.
 */
export function correlationInterval95({ value, se }: Estimate, count: number): [number, number] {
  const distance = (1 - value) * (1 + value);
  if (!(distance > 0) || !(se > 0)) return interval95({ value, se }, count);
  const factor = exp((2 * studentPoint(count - 1) * se) / distance);
  // tanh(atanh(value) + d): odds (1 + value) / (1 - value) times exp(2 d).
  const at = (odds: number): number => 1 - 2 / (odds + 1);
  const odds = (1 + value) / (1 - value);
  return [at(odds / factor), at(odds * factor)];
}

/** That of a mean of positive values, on the logarithmic scale. */
export function positiveInterval95({ value, se }: Estimate, count: number): [number, number] {
  if (!(value > 0)) return interval95({ value, se }, count);
  const factor = exp((studentPoint(count - 1) * se) / value);
  return [value / factor, value * factor];
}

/** 97.5% point of Student's distribution (Cornish-Fisher expansion from 4 degrees on, error below 0.2%). */
export function studentPoint(freedom: number): number {
  const z = 1.959963984540054;
  const z2 = z * z;
  const expansion =
    z +
    (z * (z2 + 1)) / (4 * freedom) +
    (z * ((5 * z2 + 16) * z2 + 3)) / (96 * freedom ** 2) +
    (z * (((3 * z2 + 19) * z2 + 17) * z2 - 15)) / (384 * (freedom * freedom * freedom));
  return freedom <= FEW_DEGREES.length ? FEW_DEGREES[freedom - 1] : expansion;
}
