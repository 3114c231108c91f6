import {
  add,
  fromData,
  largeSymmetricEigen,
  maxAbs,
  multiply,
  sliceCols,
  solveOrNull,
  solveSemidefinite,
  symmetricEigen,
  transpose,
  zeros,
  type Matrix,
} from '#linalg';
import { gradientOf, type Factors, type Problem } from './factors.js';

/** Curvatures below this fraction of the largest may be those of a valley. */
const FLAT = 1e-6;

/** Steps of no more than this share of the largest weight are rounding. */
const ROUNDING = 4 * 2 ** -52;
/** Weights from which on a step takes a tenth of a second. */
const LARGE = 256;

/** Newton's method on the factors, with the rotations of the hidden layer (where the Hessian vanishes) held fixed. */
export function newton(problem: Problem, start: Factors): Factors {
  let at = start;
  for (let iteration = 0; iteration < 12; iteration++) {
    const { hessian, gradient, converged } = newtonSystem(problem, at);
    const step = converged ? null : solveOrNull(hessian, gradient);
    if (step === null) break;
    at = moved(at, step.data);
    // Steps of the size of rounding follow each other; where they are cheap they are made, for the bits of earlier releases.
    if (step.rows >= LARGE && maxAbs(step) <= ROUNDING * Math.max(maxAbs(at.w1), maxAbs(at.w2t))) break;
  }
  return at;
}

/**
 * Where more than rotations is flat, Newton's steps along the valley are noise: a few more, which leave out directions of
 * little curvature, bring the point into the valley to rounding, so that `assertCurved` recognises it as one.
 */
export function settleInValley(problem: Problem, start: Factors): Factors {
  let at = start;
  for (let iteration = 0; iteration < 3; iteration++) {
    const { hessian, gradient } = newtonSystem(problem, at);
    const eigen = largeSymmetricEigen(hessian);
    const floor = FLAT * eigen.values[eigen.values.length - 1];
    if (eigen.values[0] > floor) break;
    at = moved(at, solveSemidefinite(symmetricEigen(hessian), gradient.data, floor));
  }
  return at;
}

/** The Hessian with the rotations filled in, and the gradient as a column. */
function newtonSystem(problem: Problem, factors: Factors) {
  const { w1, w2t } = factors;
  const n = w1.cols;
  const m = w2t.cols;
  const columns = n + m;
  const { correlation, g1, g2 } = gradientOf(problem, factors);
  const size = Math.max(maxAbs(w1), maxAbs(w2t));
  const hessian = factorHessian(problem, w1, w2t, correlation);
  addRotations(hessian, w1, w2t);
  const gradient = zeros(w1.rows * columns, 1);
  for (let a = 0; a < w1.rows; a++) {
    for (let j = 0; j < n; j++) gradient.data[a * columns + j] = g1.data[a * n + j];
    for (let i = 0; i < m; i++) gradient.data[a * columns + n + i] = g2.data[a * m + i];
  }
  return { hessian, gradient, converged: Math.max(maxAbs(g1), maxAbs(g2)) <= 4e-16 * problem.gamma * size };
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

/** Adds t t^T for the tangent vector t of every rotation of the hidden layer, where the Hessian is singular. */
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
