import { diagonal, plainAlgebra, shapeAlgebra, svd, transpose, zeros, type Matrix, type Shape } from '#linalg';
import type { RuleModel, State } from '../rule.js';
import type { RuleDefinition } from './rule-definition.js';

/** Number of the layer that is measured, from 0. */
export const measuredLayer = ({ layer = 1 }: RuleModel): number => layer - 1;

/** Units of each layer in a state, which may have fewer than the model. */
export const unitsOf = <M extends RuleModel>(rule: RuleDefinition<M>, model: M, state: readonly Shape[]): number[] =>
  rule.representations(shapeAlgebra, model, state, { rows: model.input.size, cols: 1 }).map(({ rows }) => rows);

/** The state with silent units added to the layers that have fewer than the model, after the others. */
export function withAllUnits<M extends RuleModel>(rule: RuleDefinition<M>, model: M, state: State): State {
  const own = unitsOf(rule, model, state);
  return rule
    .symmetry(model)
    .reduce<State>(
      (padded, { act, units }, group) =>
        own[group] === units
          ? padded
          : act(plainAlgebra, diagonal(new Float64Array(own[group]).fill(1), units, own[group]), padded),
      state,
    );
}

/** The linear responses of all layers to the input: units x n each. */
export function responsesOf<M extends RuleModel>(rule: RuleDefinition<M>, model: M, state: State): Matrix[] {
  const n = model.input.size;
  const responses = unitsOf(rule, model, state).map((units) => zeros(units, n));
  for (let j = 0; j < n; j++) {
    const axis = zeros(n, 1);
    axis.data[j] = 1;
    rule.representations(plainAlgebra, model, state, axis).forEach((h, layer) => {
      for (let i = 0; i < h.rows; i++) responses[layer].data[i * n + j] = h.data[i];
    });
  }
  return responses;
}

/** Singular values of a response below this share of the largest belong to silent units. */
const SILENT = 1e-6;

/** A state of the same orbit without the units that are silent for every input: each layer on as few as span its activities. */
export function withoutSilentUnits<M extends RuleModel>(rule: RuleDefinition<M>, model: M, state: State): State {
  const responses = responsesOf(rule, model, state);
  return rule.symmetry(model).reduce<State>((reduced, { act }, group) => {
    const { u, s } = svd(responses[group]);
    const rank = s.filter((value) => value > SILENT * s[0]).length;
    if (rank === responses[group].rows) return reduced;
    const kept = { ...transpose(u), rows: rank, data: transpose(u).data.slice(0, rank * u.rows) };
    return act(plainAlgebra, kept, reduced);
  }, state);
}
