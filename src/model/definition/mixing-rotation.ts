import { exponential, identity, maxAbs, zeros, type Matrix } from '#linalg';

/** A rotation of `units` units in all planes at once, by angles about `size` that are special in nothing; no random numbers. */
export function mixingRotation(units: number, size = 0.7, phase = 0): Matrix {
  const omega = zeros(units, units);
  for (let a = 0; a < units; a++) {
    for (let b = a + 1; b < units; b++) {
      const angle = size * Math.cos(phase + 0.9 * a + 1.7 * b);
      omega.data[a * units + b] = angle;
      omega.data[b * units + a] = -angle;
    }
  }
  return maxAbs(omega) === 0 ? identity(units) : exponential(omega);
}
