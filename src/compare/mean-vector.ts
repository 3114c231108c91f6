import { dot, fromData, solveOrNull, type Matrix } from '#linalg';
import { excessOf, type Excess } from './excess.js';
import { exceedsF } from './f-distribution.js';

/** Deviation of a measured vector from an expected one in units of a known covariance. */
export function vectorDeviation(measured: Float64Array, covariance: Matrix, expected: ArrayLike<number>): Excess {
  const deviation = measured.map((value, i) => value - expected[i]);
  const weighted = solveOrNull(covariance, fromData(deviation.length, 1, deviation));
  return excessOf(weighted ? dot(deviation, weighted.data) : NaN, deviation.length);
}

/** A measured mean vector against an expected one. */
export interface VectorTest {
  /** Deviation in units of the covariance: about the number of components where the two agree and replicas are many. */
  readonly chiSquare: number;
  /** Probability of as much or more by chance, for the number of replicas (Hotelling): small where they disagree. */
  readonly probability: number;
}

/**
 * Hotelling's test of the mean of `replicas` vectors with `covariance`, that of the mean from their scatter. With P components and N
 * replicas (N - P) / (P (N - 1)) chi^2 has an F distribution with P and N - P degrees of freedom, as the covariance is estimated from N
 * replicas itself. null for N <= P, and for components without any scatter, where it has no inverse.
 */
export function testMeanVector(
  mean: Float64Array,
  covariance: Matrix,
  expected: ArrayLike<number>,
  replicas: number,
): VectorTest | null {
  const size = mean.length;
  if (size === 0 || replicas <= size) return null;
  const deviation = mean.map((value, i) => value - expected[i]);
  const weighted = solveOrNull(covariance, fromData(size, 1, deviation));
  const chiSquare = weighted ? dot(deviation, weighted.data) : NaN;
  if (!(chiSquare >= 0)) return null;
  const ratio = ((replicas - size) * chiSquare) / (size * (replicas - 1));
  return { chiSquare, probability: exceedsF(ratio, size, replicas - size) };
}
