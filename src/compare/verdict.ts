import type { Estimate } from '#core';

/**
 * The rule of every verdict, fixed before anything is measured: two-sided, at 4 standard errors. A true prediction fails it
 * once in 16,000 normal comparisons, once in 6,000 with the scatter of 64 replicas.
 */
export const LIMIT = 4;

/** One comparison and its outcome. */
export interface Check {
  /** What is compared, with the parameters that matter. */
  readonly quantity: string;
  readonly predicted: number;
  readonly measured: number;
  /** Of the difference: standard error of the measurement and the uncertainty of the prediction in quadrature. */
  readonly error: number;
  /** (measured - predicted) / error; for a sign, measured / error. */
  readonly z: number;
  /** The rule in words. */
  readonly rule: string;
  readonly passed: boolean;
}

interface Agreement {
  /** Uncertainty of the prediction itself, 0 unless given. */
  readonly predictedError?: number;
  /** Largest difference that still counts as agreement, however large the error. */
  readonly tolerance: number;
}

/** Errors in a tolerance at least, for an agreement to mean something. */
const ERRORS_IN_TOLERANCE = 3;

/**
 * Passed where |measured - predicted| is at most 4 errors and at most the tolerance, and the error is at most a third of the
 * tolerance, so that a difference of that size would be seen.
 */
export function agreement(
  quantity: string,
  { value, se }: Estimate,
  predicted: number,
  { predictedError = 0, tolerance }: Agreement,
): Check {
  const error = Math.hypot(se, predictedError);
  const difference = value - predicted;
  const z = difference / error;
  const seen = error <= tolerance / ERRORS_IN_TOLERANCE && Math.abs(difference) <= tolerance;
  return {
    quantity,
    predicted,
    measured: value,
    error,
    z,
    rule: `|z| ≤ ${LIMIT}, within ${tolerance}`,
    passed: Math.abs(z) <= LIMIT && seen,
  };
}

/** Passed where the measurement lies at least 4 standard errors from zero on the side of the prediction. */
export function sameSign(quantity: string, { value, se }: Estimate, predicted: number): Check {
  const z = value / se;
  return {
    quantity,
    predicted,
    measured: value,
    error: se,
    z,
    rule: `sign, |z| ≥ ${LIMIT}`,
    passed: z * Math.sign(predicted) >= LIMIT,
  };
}
