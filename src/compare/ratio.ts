import type { Estimate } from '#core';

/** simulation / theory with its standard error (the theory is exact), or null where the theory says 0. */
export function ratio(simulation: Estimate, theory: number): Estimate | null {
  // A prediction a million times below the error is rounding of a zero.
  return Math.abs(theory) < 1e-6 * simulation.se || theory === 0
    ? null
    : { value: simulation.value / theory, se: simulation.se / Math.abs(theory) };
}
