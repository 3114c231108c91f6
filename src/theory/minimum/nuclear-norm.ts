import { svd, type Matrix } from '#linalg';
import { assertFound } from '../domain.js';
import { alternatingRidge } from './alternating-ridge.js';
import { factorsOf, objective, productOf, type Factors } from './factors.js';
import { newton, settleInValley } from './newton.js';
import { proximalGradient } from './proximal-gradient.js';

/**
 * M that minimises f(M) + gamma |M|_*, f(M) = 1/2 tr (A - M) Sigma (A - M)^T, over rank(M) <= units, for a task that does
 * not share its axes with the input.
 *
 * Without an active rank bound the problem is convex: accelerated proximal gradient (Beck & Teboulle 2009, with restarts)
 * finds the rank, and Newton's method on the factors converges to rounding. With one, the landscape may have local minima:
 * alternating ridge regressions and Newton's method are run from several deterministic starts, and the lowest minimum found is
 * returned.
 */
export function minimizeNuclearNorm(target: Matrix, sigma: Matrix, gamma: number, units: number): Matrix {
  const problem = { target, sigma, gamma };
  const convex = proximalGradient(problem);
  const { u, s, v } = svd(convex);
  const rank = s.filter((value) => value > 1e-7 * s[0]).length;
  if (rank === 0) return convex;
  if (rank <= units) {
    const all = Array.from({ length: rank }, (_, k) => k);
    return productOf(settleInValley(problem, newton(problem, factorsOf(u, s, v, all))));
  }
  let best: Factors | null = null;
  let lowest = Infinity;
  for (const chosen of starts(rank, units)) {
    const candidate = newton(problem, alternatingRidge(problem, factorsOf(u, s, v, chosen)));
    const value = objective(problem, productOf(candidate));
    if (best === null ? Number.isFinite(value) : value < lowest * (1 - 1e-13)) {
      lowest = value;
      best = candidate;
    }
  }
  assertFound(best, units);
  return productOf(settleInValley(problem, best));
}

/** Deterministic starts under a bottleneck: the leading modes, and each exchange of one of them for a later one. */
function starts(rank: number, units: number): number[][] {
  const leading = Array.from({ length: units }, (_, k) => k);
  const exchanges: number[][] = [];
  for (let out = 0; out < units && exchanges.length < 30; out++) {
    for (let into = units; into < rank && exchanges.length < 30; into++) {
      exchanges.push(leading.map((k) => (k === out ? into : k)));
    }
  }
  return [leading, ...exchanges];
}
