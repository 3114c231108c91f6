import type { Estimate } from '#core';

/**
 * simulation / theory with its standard error, or null where the theory is 0. `theoryError` is the independent standard
 * error of a sampled prediction, 0 where it is exact.
 */
export function ratio(simulation: Estimate, theory: number, theoryError = 0): Estimate | null {
  // A prediction of less than a millionth of the error is a rounded zero.
  if (Math.abs(theory) < 1e-6 * simulation.se || theory === 0) return null;
  const value = simulation.value / theory;
  const measured = simulation.se / Math.abs(theory);
  return { value, se: theoryError > 0 ? Math.hypot(measured, (value * theoryError) / theory) : measured };
}
