import { cubeRoot } from '#random';

/** A sum or mean of squares of deviations, and what chance makes of it. */
export interface Excess {
  readonly value: number;
  readonly expected: number;
  /** Scatter of the value for deviations that are chance alone. */
  readonly error: number;
  /** The excess in standard deviations of a normal distribution. */
  readonly z: number;
}

/**
 * Of a sum of squares that is expected to be `expected`, with the variance `variance`, 2 expected unless given: that of a multiple of
 * chi-square, whose cube root is close to normal (Wilson and Hilferty 1931).
 */
export function excessOf(value: number, expected: number, variance = 2 * expected): Excess {
  const ninth = variance / (9 * expected ** 2);
  const z = (cubeRoot(value / expected) - (1 - ninth)) / Math.sqrt(ninth);
  return { value, expected, error: Math.sqrt(variance), z };
}
