import type { Matrix } from '#linalg';
import type { InputDistribution } from '../input/distribution.js';
import type { RuleModel, State } from '../rule.js';

/**
 * A two-layer linear network that learns online: yhat = W2 W1 x, target y = A x + eps, loss of one sample
 * 1/2 |y - W2 W1 x|^2 + (gamma/2)(|W1|^2 + |W2|^2). Its state is one array, Theta = [W1 | W2^T], one row per hidden unit.
 */
export interface Model extends RuleModel {
  readonly rule?: 'sgd';
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

/** Theta of a state. */
export const thetaOf = ([theta]: State): Matrix => theta;
