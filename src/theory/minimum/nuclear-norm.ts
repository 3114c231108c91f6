import { TheoryDomainError } from '#core';
import {
  add,
  identity,
  inner,
  maxAbs,
  multiply,
  norm,
  scale,
  sliceCols,
  solve,
  solveOrNull,
  solveSemidefinite,
  svd,
  symmetricEigen,
  transpose,
  diagonal,
  fromData,
  zeros,
  type Matrix,
} from '#linalg';

/**
 * M that minimises f(M) + gamma |M|_*, f(M) = 1/2 tr (A - M) Sigma (A - M)^T, over rank(M) <= units, for a task that does
 * not share its axes with the input.
 *
 * Without an active rank bound the problem is convex: accelerated proximal gradient (Beck & Teboulle 2009, with restarts)
 * finds the rank, Newton's method on the factors polishes to rounding. With one, alternating ridge regressions from the
 * best of several deterministic starts go before the polish; the landscape may then have local minima, and the lowest
 * one found is returned.
 */
export function solveGeneral(target: Matrix, sigma: Matrix, gamma: number, units: number): Matrix {
  const convex = proximalGradient(target, sigma, gamma);
  const { u, s, v } = svd(convex);
  const rank = s.filter((value) => value > 1e-7 * s[0]).length;
  if (rank === 0) return convex;
  const problem = { target, sigma, gamma };
  if (rank <= units) {
    const all = Array.from({ length: rank }, (_, k) => k);
    return settled(problem, newton(problem, factors(u, s, v, all)));
  }
  let best: Factors | null = null;
  let lowest = Infinity;
  for (const chosen of starts(rank, units)) {
    const candidate = newton(problem, alternate(problem, factors(u, s, v, chosen)));
    const value = objective(problem, productOf(candidate));
    if (best === null ? Number.isFinite(value) : value < lowest * (1 - 1e-13)) {
      lowest = value;
      best = candidate;
    }
  }
  if (best === null) {
    throw new TheoryDomainError(
      `no minimum with a finite loss was found under the bottleneck of ${units} hidden units`,
      ['model', 'hiddenUnits'],
    );
  }
  return settled(problem, best);
}

interface Problem {
  readonly target: Matrix;
  readonly sigma: Matrix;
  readonly gamma: number;
}

/** W1 (r x n) and W2^T (r x m). */
interface Factors {
  readonly w1: Matrix;
  readonly w2t: Matrix;
}

const objective = ({ target, sigma, gamma }: Problem, m: Matrix): number => {
  const residual = add(target, m, -1);
  return inner(multiply(residual, sigma), residual) / 2 + gamma * svd(m).s.reduce((sum, value) => sum + value, 0);
};

function proximalGradient(target: Matrix, sigma: Matrix, gamma: number): Matrix {
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

function factors(u: Matrix, s: Float64Array, v: Matrix, chosen: readonly number[]): Factors {
  const pick = (basis: Matrix): Matrix => {
    const result = zeros(chosen.length, basis.rows);
    chosen.forEach((k, a) => {
      const root = Math.sqrt(Math.max(s[k], 1e-6 * s[0]));
      for (let i = 0; i < basis.rows; i++) result.data[a * basis.rows + i] = root * basis.data[i * basis.cols + k];
    });
    return result;
  };
  return { w1: pick(v), w2t: pick(u) };
}

/** Alternating ridge regressions: each factor is minimised exactly while the other is held. */
function alternate({ target, sigma, gamma }: Problem, start: Factors): Factors {
  const { values, vectors } = symmetricEigen(sigma);
  const correlation = multiply(target, sigma);
  let { w1, w2t } = start;
  for (let iteration = 0; iteration < 5000; iteration++) {
    const inputGram = add(multiply(w1, sigma, transpose(w1)), identity(w1.rows), gamma);
    const nextW2t = solve(inputGram, multiply(w1, transpose(correlation)));
    // (W2^T W2) W1 Sigma + gamma W1 = W2^T A Sigma: one small system for each axis of Sigma.
    const outputGram = multiply(nextW2t, transpose(nextW2t));
    const right = multiply(nextW2t, correlation, vectors);
    const rotated = zeros(w1.rows, w1.cols);
    for (let j = 0; j < w1.cols; j++) {
      const system = add(scale(outputGram, Math.max(values[j], 0)), identity(w1.rows), gamma);
      const solution = solve(system, sliceCols(right, j, j + 1));
      for (let a = 0; a < w1.rows; a++) rotated.data[a * w1.cols + j] = solution.data[a];
    }
    const nextW1 = multiply(rotated, transpose(vectors));
    const change = norm(add(nextW1, w1, -1)) / norm(nextW1);
    w1 = nextW1;
    w2t = nextW2t;
    if (change < 1e-9) break;
  }
  return { w1, w2t };
}

/** Newton's method on the factors, with the rotations of the hidden layer (where the Hessian vanishes) held fixed. */
function newton(problem: Problem, start: Factors): Factors {
  let at = start;
  for (let iteration = 0; iteration < 12; iteration++) {
    const { hessian, gradient, converged } = newtonSystem(problem, at);
    const step = converged ? null : solveOrNull(hessian, gradient);
    if (step === null) break;
    at = moved(at, step.data);
  }
  return at;
}

/**
 * M of a polished point. Where more than rotations is flat, Newton's steps along it are noise: a few more leave out
 * directions of little curvature. The point then lies in the valley to rounding, and `refuseFlat` sees that it is one.
 */
function settled(problem: Problem, start: Factors): Matrix {
  let at = start;
  for (let iteration = 0; iteration < 3; iteration++) {
    const { hessian, gradient } = newtonSystem(problem, at);
    const eigen = symmetricEigen(hessian);
    const floor = FLAT * eigen.values[eigen.values.length - 1];
    if (eigen.values[0] > floor) break;
    at = moved(at, solveSemidefinite(eigen, gradient.data, floor));
  }
  return productOf(at);
}

/** Curvatures below this fraction of the largest may be those of a valley. */
const FLAT = 1e-6;

const productOf = ({ w1, w2t }: Factors): Matrix => multiply(transpose(w2t), w1);

/** The Hessian with the rotations filled in, and the gradient as a column. */
function newtonSystem(problem: Problem, { w1, w2t }: Factors) {
  const { target, sigma, gamma } = problem;
  const n = target.cols;
  const m = target.rows;
  const columns = n + m;
  const correlation = multiply(add(target, productOf({ w1, w2t }), -1), sigma);
  const g1 = add(scale(w1, gamma), multiply(w2t, correlation), -1);
  const g2 = add(scale(w2t, gamma), multiply(w1, transpose(correlation)), -1);
  const size = Math.max(maxAbs(w1), maxAbs(w2t));
  const hessian = factorHessian(problem, w1, w2t, correlation);
  addRotations(hessian, w1, w2t);
  const gradient = zeros(w1.rows * columns, 1);
  for (let a = 0; a < w1.rows; a++) {
    for (let j = 0; j < n; j++) gradient.data[a * columns + j] = g1.data[a * n + j];
    for (let i = 0; i < m; i++) gradient.data[a * columns + n + i] = g2.data[a * m + i];
  }
  return { hessian, gradient, converged: Math.max(maxAbs(g1), maxAbs(g2)) <= 4e-16 * gamma * size };
}

function moved({ w1, w2t }: Factors, data: Float64Array): Factors {
  const step = fromData(w1.rows, w1.cols + w2t.cols, data);
  return {
    w1: add(w1, sliceCols(step, 0, w1.cols), -1),
    w2t: add(w2t, sliceCols(step, w1.cols, step.cols), -1),
  };
}

/** Column by column: H [X | Z] = [ W2^T dM Sigma - Z R Sigma + gamma X | (dM Sigma W1^T - R Sigma X^T + gamma Z^T)^T ]. */
function factorHessian({ sigma, gamma }: Problem, w1: Matrix, w2t: Matrix, correlation: Matrix): Matrix {
  const n = w1.cols;
  const m = w2t.cols;
  const rank = w1.rows;
  const columns = n + m;
  const size = rank * columns;
  const hessian = zeros(size, size);
  for (let variable = 0; variable < size; variable++) {
    const direction = zeros(rank, columns);
    direction.data[variable] = 1;
    const x = sliceCols(direction, 0, n);
    const z = sliceCols(direction, n, columns);
    const change = multiply(add(multiply(transpose(w2t), x), multiply(transpose(z), w1)), sigma);
    const hx = add(add(multiply(w2t, change), multiply(z, correlation), -1), x, gamma);
    const hz = add(add(multiply(w1, transpose(change)), multiply(x, transpose(correlation)), -1), z, gamma);
    for (let a = 0; a < rank; a++) {
      for (let j = 0; j < n; j++) hessian.data[(a * columns + j) * size + variable] = hx.data[a * n + j];
      for (let i = 0; i < m; i++) hessian.data[(a * columns + n + i) * size + variable] = hz.data[a * m + i];
    }
  }
  return hessian;
}

function addRotations(hessian: Matrix, w1: Matrix, w2t: Matrix): void {
  const rank = w1.rows;
  const columns = w1.cols + w2t.cols;
  const row = (a: number): number[] => [
    ...w1.data.subarray(a * w1.cols, (a + 1) * w1.cols),
    ...w2t.data.subarray(a * w2t.cols, (a + 1) * w2t.cols),
  ];
  for (let a = 0; a < rank; a++) {
    for (let b = a + 1; b < rank; b++) {
      const tangent = new Float64Array(hessian.rows);
      tangent.set(row(b), a * columns);
      tangent.set(
        row(a).map((value) => -value),
        b * columns,
      );
      for (let p = 0; p < tangent.length; p++) {
        if (tangent[p] === 0) continue;
        for (let q = 0; q < tangent.length; q++) hessian.data[p * hessian.cols + q] += tangent[p] * tangent[q];
      }
    }
  }
}
