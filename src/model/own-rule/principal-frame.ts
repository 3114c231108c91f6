import { multiply, plainAlgebra, symmetricEigen, transpose, type Matrix } from '#linalg';
import type { RuleDefinition } from '../definition/rule-definition.js';
import { responsesOf } from '../definition/units.js';
import { secondMoment } from '../input/moments.js';
import type { RuleModel, State } from '../rule.js';

/**
 * The point of the orbit of a state at which the activities of the units of every layer are uncorrelated, the largest variance first. A
 * mean flow leads to any point of it; noise on a symmetric array, whose entries have equal variances, is not the same at all of them.
 */
export function inPrincipalFrame<M extends RuleModel>(rule: RuleDefinition<M>, model: M, state: State): State {
  const sigma = secondMoment(model.input);
  const responses = responsesOf(rule, model, state);
  return rule
    .symmetry(model)
    .reduce<State>(
      (turned, { act }, group) =>
        act(plainAlgebra, principalAxes(multiply(responses[group], sigma, transpose(responses[group]))), turned),
      state,
    );
}

/** Eigenvectors as rows, descending. */
function principalAxes(covariance: Matrix): Matrix {
  const { rows, cols, data } = symmetricEigen(covariance).vectors;
  return {
    rows,
    cols,
    data: Float64Array.from(
      { length: rows * cols },
      (_, at) => data[(at % cols) * cols + cols - 1 - Math.floor(at / cols)],
    ),
  };
}
