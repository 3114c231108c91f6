import { add, apply, diagonal, fromRows, multiply, sliceCols, transpose, type Matrix } from '#linalg';
import { secondMoment, type Model } from '#model';

/**
 * A minimum of the regularised loss, M = W2 W1 = U_r diag(s) V_r^T, in the coordinates of its modes. The whole
 * minimum-loss manifold is W1 = Q S^(1/2) V_r^T, W2 = U_r S^(1/2) Q^T over the p x r frames Q with Q^T Q = I.
 */
export interface Minimum {
  /** s, r values, descending, all positive. */
  readonly singularValues: Float64Array;
  /** V, n x n orthogonal; the first r columns are the modes, the rest complete the basis. */
  readonly inputBasis: Matrix;
  /** U, m x m orthogonal; the first r columns are the modes. */
  readonly outputBasis: Matrix;
}

/** M = U_r diag(s) V_r^T, m x n. */
export function linearMap({ singularValues, inputBasis, outputBasis }: Minimum): Matrix {
  const rank = singularValues.length;
  return multiply(sliceCols(outputBasis, 0, rank), diagonal(singularValues), transpose(sliceCols(inputBasis, 0, rank)));
}

/** Theta* = S^(1/2) [V_r^T | U_r^T], r x (n+m): the point Q = I of the manifold, in the original coordinates. */
export function minimumTheta({ singularValues, inputBasis, outputBasis }: Minimum): Matrix {
  const rank = singularValues.length;
  const root = diagonal(singularValues.map(Math.sqrt));
  const w1 = multiply(root, transpose(sliceCols(inputBasis, 0, rank)));
  const w2t = multiply(root, transpose(sliceCols(outputBasis, 0, rank)));
  const rows = Array.from({ length: rank }, (_, a) => [
    ...w1.data.subarray(a * w1.cols, (a + 1) * w1.cols),
    ...w2t.data.subarray(a * w2t.cols, (a + 1) * w2t.cols),
  ]);
  return fromRows(rows);
}

/** Hidden representation of x at Q = I: c = S^(1/2) V_r^T x (r numbers). h = Q c on the manifold. */
export function representation({ singularValues, inputBasis }: Minimum, x: ArrayLike<number>): Float64Array {
  const modes = apply(transpose(inputBasis), x);
  return singularValues.map((s, a) => Math.sqrt(s) * modes[a]);
}

/** 1/2 |(A - M) Sigma^(1/2)|^2 + gamma |M|_*: the regularised loss at the minimum, without label noise. */
export function minimumLoss(model: Model, min: Minimum): number {
  const residual = add(model.target, linearMap(min), -1);
  const error = multiply(residual, secondMoment(model.input), transpose(residual));
  let task = 0;
  for (let i = 0; i < error.rows; i++) task += error.data[i * error.rows + i] / 2;
  return task + model.weightDecay * min.singularValues.reduce((sum, s) => sum + s, 0);
}
