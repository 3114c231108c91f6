import type { Matrix } from '#linalg';
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
 * Returns the function Theta -> population loss, exact through the second moment of the input. Allocates nothing per call.
 * O(k n m + m n^2) a call.
 */
export function populationLoss(model: Model): (theta: Matrix) => Loss {
  const sigma = secondMoment(model.input).data;
  const target = model.target.data;
  const n = inputs(model);
  const m = outputs(model);
  const noise = (m * model.labelNoiseVariance) / 2;
  const residual = new Float64Array(n);
  return ({ rows, cols, data: theta }) => {
    let squaredError = 0;
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) residual[j] = target[i * n + j];
      for (let k = 0; k < rows; k++) {
        const factor = theta[k * cols + n + i];
        for (let j = 0; j < n; j++) residual[j] -= factor * theta[k * cols + j];
      }
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let l = 0; l < n; l++) sum += sigma[j * n + l] * residual[l];
        squaredError += residual[j] * sum;
      }
    }
    let squaredNorm = 0;
    for (let i = 0; i < theta.length; i++) squaredNorm += theta[i] * theta[i];
    const task = squaredError / 2 + noise;
    return { task, regularized: task + (model.weightDecay / 2) * squaredNorm };
  };
}
