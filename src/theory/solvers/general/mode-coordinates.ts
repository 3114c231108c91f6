import { add, diagonal, multiply, transpose, type Matrix } from '#linalg';
import { changeBasis, inputs, outputs, secondMoment, type Model } from '#model';
import type { Minimum } from '../../minimum/manifold.js';

/** The problem in mode coordinates: x~ = V^T x, y~ = U^T y. */
export interface ModeCoordinates {
  readonly singularValues: Float64Array;
  readonly input: Model['input'];
  /** Sigma~ = V^T Sigma V, n x n. */
  readonly sigma: Matrix;
  /** R~ = U^T (A - M) V, m x n. */
  readonly residual: Matrix;
  readonly inputs: number;
  readonly outputs: number;
  readonly weightDecay: number;
}

export function modeCoordinates(model: Model, min: Minimum): ModeCoordinates {
  const input = changeBasis(model.input, min.inputBasis);
  const target = multiply(transpose(min.outputBasis), model.target, min.inputBasis);
  const m = diagonal(min.singularValues, outputs(model), inputs(model));
  return {
    singularValues: min.singularValues,
    input,
    sigma: secondMoment(input),
    residual: add(target, m, -1),
    inputs: inputs(model),
    outputs: outputs(model),
    weightDecay: model.weightDecay,
  };
}
