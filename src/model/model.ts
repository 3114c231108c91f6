import { crossProduct, SparseMatrix, type Matrix } from '#linalg';
import { secondMoment, type InputDistribution } from './input.js';

/**
 * A two-layer linear network that learns online: yhat = W2 W1 x, target y = A x + eps, loss of one sample
 * 1/2 |y - W2 W1 x|^2 + (gamma/2)(|W1|^2 + |W2|^2). State Theta = [W1 | W2^T], one row per hidden unit.
 */
export interface Model {
  /** p. */
  readonly hiddenUnits: number;
  /** A, m x n. */
  readonly target: Matrix;
  readonly input: InputDistribution;
  /** eta. */
  readonly learningRate: number;
  /** gamma. */
  readonly weightDecay: number;
  /** sigma2: variance of each component of eps. */
  readonly labelNoiseVariance: number;
  /** B: samples averaged per step. */
  readonly batchSize: number;
}

export const inputs = (model: Model): number => model.target.cols;
export const outputs = (model: Model): number => model.target.rows;
/** Columns of Theta, n + m. */
export const width = (model: Model): number => inputs(model) + outputs(model);

/** Population losses of a network, label noise included. Units: output^2. */
export interface Loss {
  /** E 1/2 |y - W2 W1 x|^2. */
  readonly task: number;
  /** task + (gamma/2) |Theta|^2. */
  readonly regularized: number;
}

/**
 * Returns the function Theta -> population loss, exact through the second moment of the input. Allocates nothing per call
 * but what it returns. O(k n m + m n^2) a call, the second term less where second moments are zero.
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

/** What the task loss is made of: the sum over outputs of the form at the rows of R = A - W2 W1, halved, and what label noise adds. */
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
