import { add, identity, multiply, norm, scale, sliceCols, solve, symmetricEigen, transpose, zeros } from '#linalg';
import type { Factors, Problem } from './factors.js';

/** Alternating ridge regressions: each factor is minimised exactly while the other is held. */
export function alternatingRidge({ target, sigma, gamma }: Problem, start: Factors): Factors {
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
