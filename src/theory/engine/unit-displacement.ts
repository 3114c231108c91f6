import { diagonal, plainAlgebra } from '#linalg';
import { stateOf, type RuleModel, type State, type UnitRotations } from '#model';
import { ROUNDING } from '../rotation/rounding.js';
import type { UpdateField } from './field.js';

/**
 * The displacement of the weights of each hidden unit over their size, |s_a| / (|S_a| / sqrt 2), [layer][unit]: in two-layer networks
 * |S_a|^2 is twice the singular value of the mode. Where the rule has no symmetry, one number in one layer: of all weights together.
 */
export function displacementOfUnits<M extends RuleModel>(
  { rule, model, arrays }: UpdateField<M>,
  vector: Float64Array,
  shift: Float64Array,
): number[][] {
  const [state, moved] = [stateOf(arrays, vector), stateOf(arrays, shift)];
  const layers = rule.symmetry(model);
  const squares = layers.map((layer) =>
    Array.from({ length: layer.units }, (_, unit) => [moved, state].map((of) => ofUnit(layer, unit, of))),
  );
  const all = squares.length > 0 ? squares : [[[moved, state].map(squared)]];
  const largest = Math.max(...all.flat().map(([, size]) => size));
  // Silent units have no weights to compare with.
  return all.map((units) =>
    units.map(([change, size]) => (size > ROUNDING * largest ? Math.sqrt((2 * change) / size) : 0)),
  );
}

/** The squares of the weights of one unit: what is left without the others, apart from arrays that have no units. */
function ofUnit({ units, act }: UnitRotations, unit: number, state: State): number {
  const only = (weight: number): number => {
    const mask = new Float64Array(units);
    mask[unit] = weight;
    return squared(act(plainAlgebra, diagonal(mask), state));
  };
  return Math.max(0, only(1) - only(0));
}

const squared = (state: State): number =>
  state.reduce((sum, { data }) => sum + data.reduce((part, value) => part + value * value, 0), 0);
