import type { Estimate } from '#core';

/**
 * simulation / theory with its standard error, or null where the theory says 0. `theoryError` is the independent standard
 * error of a theory by samples, 0 where it is exact.
 */
export function ratio(simulation: Estimate, theory: number, theoryError = 0): Estimate | null {
  // A prediction a million times below the error is rounding of a zero.
  if (Math.abs(theory) < 1e-6 * simulation.se || theory === 0) return null;
  const value = simulation.value / theory;
  const own = simulation.se / Math.abs(theory);
  return { value, se: theoryError > 0 ? Math.hypot(own, (value * theoryError) / theory) : own };
}
