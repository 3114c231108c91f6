import { solve } from './decompose.js';
import { add, identity, maxAbs, multiply, scale, transpose, type Matrix } from './matrix.js';

/** Most doublings: 2^60 terms of the series. */
const MAX_DOUBLINGS = 60;

/**
 * Solves j x + x j^T + c = 0 for stable j (m x m; every eigenvalue has a negative real part), for as many c as are asked for:
 * x = integral of exp(t j) c exp(t j^T) over t > 0. By Smith's method: with a = (q - j)^-1 (q + j), |eigenvalues of a| < 1,
 * x = sum over k of a^k b a^kT, b = 2 q (q - j)^-1 c (q - j)^-T, summed by doubling (Smith 1968). Needs no eigenvectors, so that
 * defective j are no exception. `shift` is q > 0, best the geometric mean of the smallest and the largest |eigenvalue|.
 * O(m^3) for each c and doubling. Throws RangeError when j is not stable.
 */
export function lyapunovSolver(j: Matrix, shift: number): (c: Matrix) => Matrix {
  const shifted = scale(identity(j.rows), shift);
  const resolvent = solve(add(shifted, j, -1), identity(j.rows));
  const powers: Matrix[] = [multiply(resolvent, add(shifted, j))];
  while (powers.length < MAX_DOUBLINGS) {
    const last = powers[powers.length - 1];
    const size = maxAbs(last);
    if (size < 1e-18) break;
    if (!(size < 1e150)) throw new RangeError('cannot solve the Lyapunov equation: the matrix is not stable');
    powers.push(multiply(last, last));
  }
  if (!(maxAbs(powers[powers.length - 1]) < 1e-18)) {
    throw new RangeError('cannot solve the Lyapunov equation: the matrix is not stable');
  }
  return (c) =>
    powers.reduce(
      (x, a) => add(x, multiply(a, x, transpose(a))),
      scale(multiply(resolvent, c, transpose(resolvent)), 2 * shift),
    );
}
