import type { Estimate } from '#core';

/**
 * The largest |z| of a passed verdict, fixed before any measurement: two-sided, 4 standard errors. A true prediction fails it
 * once in 16,000 normal comparisons, once in 6,000 with the scatter of 64 replicas.
 */
export const MAX_Z = 4;

/** One comparison and its outcome. */
export interface Check {
  /** The compared quantity, with the parameters that identify it. */
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

/** The tolerance of a meaningful agreement in errors, at least. */
const MIN_TOLERANCE = 3;

/**
 * Passed where |measured - predicted| is at most 4 errors and at most the tolerance, and the error is at most a third of the
 * tolerance, so that a difference of that size would be detected.
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
  const withinTolerance = error <= tolerance / MIN_TOLERANCE && Math.abs(difference) <= tolerance;
  return {
    quantity,
    predicted,
    measured: value,
    error,
    z,
    rule: `|z| ≤ ${MAX_Z}, within ${tolerance}`,
    passed: Math.abs(z) <= MAX_Z && withinTolerance,
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
    rule: `sign, |z| ≥ ${MAX_Z}`,
    passed: z * Math.sign(predicted) >= MAX_Z,
  };
}

/** Errors below this share of the bound count as that much: what is zero to rounding has none. */
const MIN_RELATIVE_ERROR = 1e-6;

/** Passed where the measurement lies at least 4 standard errors below the bound. */
export function below(quantity: string, { value, se }: Estimate, bound: number): Check {
  const error = Math.max(se, MIN_RELATIVE_ERROR * bound);
  const z = (value - bound) / error;
  return {
    quantity,
    predicted: bound,
    measured: value,
    error,
    z,
    rule: `below, |z| ≥ ${MAX_Z}`,
    passed: z <= -MAX_Z,
  };
}

/** Whether the check is passed by being far from a number rather than near it. */
export const isOneSided = ({ rule }: Pick<Check, 'rule'>): boolean => /^(sign|below)/.test(rule);
