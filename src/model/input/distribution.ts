import { fromData, multiply, transpose, wideProduct, type Matrix } from '#linalg';
import type { GaussianPart } from './gaussian-part.js';

/**
 * The input distribution: Gaussian parts and single stimuli, mixed by weights that sum to 1. A point, a dictionary and a
 * data set are all stimuli with probabilities; their mean need not be zero.
 */
export interface InputDistribution {
  /** n. */
  readonly size: number;
  readonly gaussians: readonly GaussianPart[];
  /** K x n, one stimulus per row; K may be 0. */
  readonly stimuli: Matrix;
  /** K presentation probabilities. */
  readonly probabilities: Float64Array;
  /** `epochs`: each stimulus comes once before any comes again, in a new random order each time; samples are independent unless given. */
  readonly sampling?: 'epochs';
}

/** Stimuli that come in epochs; 0 where samples are independent. */
export const epochSize = ({ sampling, stimuli }: InputDistribution): number =>
  sampling === 'epochs' ? stimuli.rows : 0;

/** Joins parts and stimuli into one distribution, dropping what has weight 0. */
export function inputDistribution(
  size: number,
  gaussians: readonly GaussianPart[],
  stimuli: readonly { readonly probability: number; readonly stimulus: ArrayLike<number> }[],
): InputDistribution {
  const present = stimuli.filter(({ probability }) => probability > 0);
  const data = new Float64Array(present.length * size);
  present.forEach(({ stimulus }, k) => {
    data.set(stimulus, k * size);
  });
  return {
    size,
    gaussians: gaussians.filter(({ weight }) => weight > 0),
    stimuli: fromData(present.length, size, data),
    probabilities: Float64Array.from(present, ({ probability }) => probability),
  };
}

/** The distribution of basis^T x for an orthogonal basis (n x n): the same input seen from other axes. */
export function changeBasis(input: InputDistribution, basis: Matrix): InputDistribution {
  return {
    ...input,
    gaussians: input.gaussians.map(({ weight, covariance, factor }) => ({
      weight,
      covariance: multiply(transpose(basis), covariance, basis),
      factor: multiply(transpose(basis), factor),
    })),
    stimuli: wideProduct(input.stimuli, basis),
  };
}
