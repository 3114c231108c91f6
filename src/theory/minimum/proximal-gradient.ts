import { add, diagonal, inner, multiply, norm, svd, symmetricEigen, transpose, zeros, type Matrix } from '#linalg';
import type { Problem } from './factors.js';

/**
 * The minimum without a rank bound, where the problem is convex, by accelerated proximal gradient (Beck & Teboulle 2009, with
 * restarts). Finds the rank; exact to about 1e-13.
 */
export function proximalGradient({ target, sigma, gamma }: Problem): Matrix {
  const { values } = symmetricEigen(sigma);
  const step = 1 / values[values.length - 1];
  let m = zeros(target.rows, target.cols);
  let ahead = m;
  let momentum = 1;
  for (let iteration = 0; iteration < 20_000; iteration++) {
    const moved = add(ahead, multiply(add(target, ahead, -1), sigma), step);
    const { u, s, v } = svd(moved);
    const next = multiply(u, diagonal(s.map((value) => Math.max(value - step * gamma, 0))), transpose(v));
    const change = add(next, m, -1);
    if (norm(change) <= 1e-13 * norm(next)) return next;
    // Momentum that points uphill is dropped (adaptive restart), which keeps the convergence linear.
    const uphill = inner(add(ahead, next, -1), change) > 0;
    const following = uphill ? 1 : (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    ahead = uphill ? next : add(next, change, (momentum - 1) / following);
    momentum = following;
    m = next;
  }
  return m;
}
