import { multiply, symmetricEigen, transpose, type Matrix } from '#linalg';
import { responsesOf, secondMoment, stateOf, type Orbit, type RuleModel } from '#model';
import type { UpdateField } from './field.js';

/**
 * The point of the orbit of a state at which the activities of the units of every layer are uncorrelated, the largest variance first. A
 * mean flow leads to any point of it; noise on a symmetric array, whose entries have equal variances, is not the same at all of them.
 */
export function inPrincipalFrame<M extends RuleModel>(
  { rule, model, arrays }: UpdateField<M>,
  orbit: Orbit,
  vector: Float64Array,
): Float64Array {
  if (orbit.groups.length === 0) return vector;
  const sigma = secondMoment(model.input);
  const responses = responsesOf(rule, model, stateOf(arrays, vector));
  const rotations = orbit.groups.map((_, group): Matrix => {
    const response = responses[group];
    return principalAxes(multiply(response, sigma, transpose(response)));
  });
  return orbit.rotate(rotations, vector);
}

/** Eigenvectors as rows, descending. */
function principalAxes(covariance: Matrix): Matrix {
  const { vectors } = symmetricEigen(covariance);
  const { rows, cols } = vectors;
  return {
    rows,
    cols,
    data: Float64Array.from({ length: rows * cols }, (_, at) => {
      const [axis, unit] = [Math.floor(at / cols), at % cols];
      return vectors.data[unit * cols + (cols - 1 - axis)];
    }),
  };
}
