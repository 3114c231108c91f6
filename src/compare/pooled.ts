import type { Estimate } from '#core';
import type { Matrix } from '#linalg';
import { excessOf, type Excess } from './excess.js';

/** One ratio that is expected to be 1. */
export interface Ratio {
  /** With its whole error. */
  readonly ratio: Estimate;
  /** Likely bias, signed, without what the noise of its estimate adds to it on average. */
  readonly bias: number;
  /** Replicas less one from which the error is known, or what is equivalent. */
  readonly freedom: number;
}

/** Ratios from the same replicas. Those of different groups are independent. */
export interface RatioGroup {
  readonly ratios: readonly Ratio[];
  /** Covariance of their statistical errors; null where it is not known, and errors are taken to be the same error. */
  readonly covariance: Matrix | null;
}

/** The mean of all ratios. */
export interface PooledMean {
  readonly count: number;
  readonly value: number;
  /** From the scatter of the replicas. */
  readonly statisticalError: number;
  /** The likely bias, which does not fall with the number of ratios: all have the same sort of neglected term. */
  readonly bias: number;
}

/**
 * Weighted by 1 / relative error^2: not by the error itself, which is in proportion to the value, and would favour small values. The error
 * takes account of the covariance within each group.
 */
export function pooledMean(groups: readonly RatioGroup[]): PooledMean {
  const weightOf = ({ ratio: { value, se } }: Ratio): number => (value / se) ** 2;
  const all = groups.flatMap(({ ratios }) => ratios);
  const total = all.reduce((sum, ratio) => sum + weightOf(ratio), 0);
  const weighted = (of: (ratio: Ratio) => number): number =>
    all.reduce((sum, ratio) => sum + (weightOf(ratio) / total) * of(ratio), 0);
  const variance = groups.reduce((sum, { ratios, covariance }) => {
    const weights = ratios.map((ratio) => weightOf(ratio) / total);
    if (!covariance) return sum + weights.reduce((part, weight, k) => part + weight * ratios[k].ratio.se, 0) ** 2;
    return sum + form(covariance, weights);
  }, 0);
  return {
    count: all.length,
    value: weighted(({ ratio }) => ratio.value),
    statisticalError: Math.sqrt(variance),
    bias: Math.abs(weighted(({ bias }) => bias)),
  };
}

/** w^T a w. */
const form = ({ cols, data }: Matrix, weights: readonly number[]): number =>
  weights.reduce((sum, w, i) => sum + weights.reduce((part, v, j) => part + w * v * data[i * cols + j], 0), 0);

/** Mean z^2 of ratios against 1. */
export interface PooledSquares extends Excess {
  readonly count: number;
}

/**
 * The number of independent ratios is that whose chi-square has the same variance: the sum of the z^2 of a group has the variance 2 sum of
 * rho_kl^2, rho the correlations. Where these are not known the group counts as one. A little above 1 is expected, as errors from few
 * replicas are sometimes too small.
 */
export function pooledSquares(groups: readonly RatioGroup[]): PooledSquares {
  let [count, sum, expected, variance] = [0, 0, 0, 0];
  for (const { ratios, covariance } of groups) {
    const scatters = ratios.map(({ freedom }) => inflation(freedom));
    ratios.forEach(({ ratio: { value, se } }, k) => {
      count++;
      sum += ((value - 1) / se) ** 2;
      expected += scatters[k].mean;
      for (let l = 0; l < ratios.length; l++) {
        const own = covariance ? covariance.data[k * covariance.cols + l] / (se * ratios[l].ratio.se) : 1;
        variance += own * own * Math.sqrt(scatters[k].variance * scatters[l].variance);
      }
    });
  }
  return { count, ...excessOf(sum / count, expected / count, variance / count ** 2) };
}

/** Mean and variance of the square of Student's t, an F distribution. */
function inflation(freedom: number): { mean: number; variance: number } {
  const mean = freedom / (freedom - 2);
  return { mean, variance: (2 * mean * mean * (freedom - 1)) / (freedom - 4) };
}
