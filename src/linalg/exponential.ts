import { add, identity, maxAbs, multiply, norm, scale, type Matrix } from './matrix.js';

/**
 * exp(a) - I of a square matrix, accurate also for small a: the Taylor series of a / 2^k, then k doublings by
 * exp(2 b) - I = B^2 + 2 B, B = exp(b) - I. O(r^3 log |a|). Throws RangeError when an entry is not finite.
 */
export function exponentialMinusIdentity(a: Matrix): Matrix {
  // A bound of the norm that does not overflow before the entries do.
  let size = maxAbs(a) * a.rows;
  if (!Number.isFinite(size)) throw new RangeError('cannot take the exponential: an entry of the matrix is not finite');
  let halvings = 0;
  for (; size > 0.25; size /= 2) halvings++;
  const small = scale(a, 2 ** -halvings);
  let term = small;
  let result = small;
  // Terms down to rounding, at most 12 for |small| <= 1/4.
  const length = norm(small);
  for (let k = 2, rest = length / 2; rest > 1e-17; k++, rest *= length / k) {
    term = scale(multiply(term, small), 1 / k);
    result = add(result, term);
  }
  for (let k = 0; k < halvings; k++) result = add(multiply(result, result), result, 2);
  return result;
}

/** exp(a) of a square matrix; a rotation where a is antisymmetric. O(r^3 log |a|). */
export function exponential(a: Matrix): Matrix {
  return add(identity(a.rows), exponentialMinusIdentity(a));
}
