import { formatNumber, type Estimate } from '#core';
import type { Excess } from './excess.js';

// Fixed before any measurement, so that a reproduction in which everything is true fails once in more than 100 runs.

/** Largest |z| of an agreement of one quantity among some hundreds: exceeded once in 150,000 normal comparisons, in 30,000 of 64 replicas. */
export const MAX_Z = 4.5;
/** The same of what many quantities are pooled to, of which there are some tens: once in 16,000. */
export const MAX_POOLED_Z = 4;
/** Least number of errors by which signs and bounds are met. */
export const MIN_Z = 4;

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
  /** Difference that has to be seen: the error is at most a third of it. */
  readonly tolerance: number;
  /** Whether many quantities are pooled to this one. */
  readonly pooled?: boolean;
}

/** The tolerance of a meaningful agreement in errors, at least. */
const MIN_TOLERANCE = 3;

/** Passed where |measured - predicted| is at most 4.5 errors, or 4 where it is pooled, and the error is at most a third of the tolerance. */
export function agreement(
  quantity: string,
  { value, se }: Estimate,
  predicted: number,
  { predictedError = 0, tolerance, pooled = false }: Agreement,
): Check {
  const error = Math.hypot(se, predictedError);
  const difference = value - predicted;
  const z = difference / error;
  const [bound, largest] = [pooled ? MAX_POOLED_Z : MAX_Z, tolerance / MIN_TOLERANCE];
  return {
    quantity,
    predicted,
    measured: value,
    error,
    z,
    rule: `|z| ≤ ${bound}, error ≤ ${formatNumber(largest, 2)}`,
    passed: Math.abs(z) <= bound && error <= largest,
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
    rule: `sign, |z| ≥ ${MIN_Z}`,
    passed: z * Math.sign(predicted) >= MIN_Z,
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
    rule: `below, |z| ≥ ${MIN_Z}`,
    passed: z <= -MIN_Z,
  };
}

/** Passed where a sum or mean of squares is at most 4 standard deviations above what is expected; less than that has no meaning. */
export function notAbove(quantity: string, { value, expected, error, z }: Excess): Check {
  return {
    quantity,
    predicted: expected,
    measured: value,
    error,
    z,
    rule: `z ≤ ${MAX_POOLED_Z}`,
    passed: z <= MAX_POOLED_Z,
  };
}

/** How near a check is to failing: above 1 where it fails, but for an error that is too large. */
export function strainOf({ rule, z }: Pick<Check, 'rule' | 'z'>): number {
  const bound = Number(/z\|? [≤≥] ([\d.]+)/.exec(rule)?.[1]);
  if (isOneSided({ rule })) return bound / Math.abs(z);
  return (rule.startsWith('z ') ? Math.max(z, 0) : Math.abs(z)) / bound;
}

/** Whether the check is passed by being far from a number rather than near it. */
const isOneSided = ({ rule }: Pick<Check, 'rule'>): boolean => /^(sign|below)/.test(rule);
