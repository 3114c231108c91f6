import { add, inner, multiply, scale, svd, transpose, zeros, type Matrix } from '#linalg';

/** The minimisation of f(M) + gamma |M|_*, f(M) = 1/2 tr (A - M) Sigma (A - M)^T. */
export interface Problem {
  /** A, m x n. */
  readonly target: Matrix;
  /** Sigma, n x n. */
  readonly sigma: Matrix;
  readonly gamma: number;
}

/** The factors of M = W2 W1: W1 (r x n) and W2^T (r x m). */
export interface Factors {
  readonly w1: Matrix;
  readonly w2t: Matrix;
}

/** W2 W1. */
export const productOf = ({ w1, w2t }: Factors): Matrix => multiply(transpose(w2t), w1);

/** f(M) + gamma |M|_*. */
export function objective({ target, sigma, gamma }: Problem, m: Matrix): number {
  const residual = add(target, m, -1);
  return inner(multiply(residual, sigma), residual) / 2 + gamma * svd(m).s.reduce((sum, value) => sum + value, 0);
}

/** Balanced factors of the chosen modes of u diag(s) v^T, each s raised to a millionth of the largest at least. */
export function factorsOf(u: Matrix, s: Float64Array, v: Matrix, chosen: readonly number[]): Factors {
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

/** Gradient of the loss with gamma/2 |Theta|^2 in W1 and W2^T, and the residual correlation R Sigma behind it. */
export function gradientOf({ target, sigma, gamma }: Problem, { w1, w2t }: Factors) {
  const correlation = multiply(add(target, productOf({ w1, w2t }), -1), sigma);
  return {
    correlation,
    g1: add(scale(w1, gamma), multiply(w2t, correlation), -1),
    g2: add(scale(w2t, gamma), multiply(w1, transpose(correlation)), -1),
  };
}
