import { crossProduct, SparseMatrix, type Matrix } from '#linalg';
import { secondMoment } from '../input/moments.js';
import type { Loss } from '../rule.js';
import { inputs, outputs, type Model } from './model.js';

/**
 * Returns the function Theta -> population loss, exact through the second moment of the input: E 1/2 |y - W2 W1 x|^2, and the
 * same with (gamma/2) |Theta|^2. Allocates nothing per call but what it returns. O(k n m + m n^2) a call, the second term less
 * where second moments are zero.
 */
export function populationLoss(model: Model): (theta: Matrix) => Loss {
  const target = model.target.data;
  const n = inputs(model);
  const m = outputs(model);
  const { form, noise } = lossTerms(model);
  const residual = new Float64Array(m * n);
  return ({ rows, data: theta }) => {
    crossProduct(residual, theta, rows, n, m);
    for (let i = 0; i < residual.length; i++) residual[i] = target[i] - residual[i];
    let squaredNorm = 0;
    for (let i = 0; i < theta.length; i++) squaredNorm += theta[i] * theta[i];
    const task = form.quadraticForm(residual, m, n) / 2 + noise;
    return { task, regularized: task + (model.weightDecay / 2) * squaredNorm };
  };
}

/**
 * The terms of the task loss: the sum over outputs of `form` at the rows of R = A - W2 W1, halved, and `noise`, the share of
 * the label noise.
 */
export const lossTerms = (model: Model): { readonly form: SparseMatrix; readonly noise: number } => ({
  form: SparseMatrix.from(folded(secondMoment(model.input))),
  noise: (outputs(model) * model.labelNoiseVariance) / 2,
});

/** The upper triangular matrix with the same quadratic form as the symmetric sigma, and half its entries. */
function folded(sigma: Matrix): Matrix {
  const { rows, data } = sigma;
  return {
    ...sigma,
    data: data.map((value, at) => {
      const below = (at % rows) - Math.floor(at / rows);
      return below < 0 ? 0 : below > 0 ? 2 * value : value;
    }),
  };
}
