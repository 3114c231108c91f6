import { diagonal, eigenvalues, fromData, plainAlgebra, type ComplexEigenvalue, type Matrix } from '#linalg';
import { vectorOf, type RuleDefinition, type RuleModel, type State } from '#model';
import { UpdateField } from './field.js';

/**
 * A model with one silent unit in each layer for all those that it has. Silent units are alike: their weights are zero at the fixed point
 * and to leading order do not meet each other, so that each adds the same to every sum over units. One whose synaptic noise has the
 * variance of all of theirs gives the same D, F, v, losses and displacements of the others.
 */
export interface SilentUnits<M extends RuleModel = RuleModel> {
  readonly model: M;
  /** Units of each layer that are not silent. */
  readonly active: readonly number[];
  /** How many silent units the one in `model` stands for, in each layer; 1 where none is left out. */
  readonly multiplicity: readonly number[];
  /** The same for each weight of the model (d numbers): the variance of its synaptic noise is multiplied by it. */
  readonly weights: Float64Array;
}

/** null where no layer has two silent units, and for rules whose layers have no free sizes. */
export function withOneSilentUnit<M extends RuleModel>(rule: RuleDefinition<M>, model: M): SilentUnits<M> | null {
  if (!rule.withUnits) return null;
  const withUnits = rule.withUnits.bind(rule);
  const sizes = rule.symmetry(model).map(({ units }) => units);
  const active = activeUnits(
    rule,
    (most) =>
      withUnits(
        model,
        sizes.map((units) => Math.min(units, most)),
      ),
    Math.max(...sizes),
  );
  const silent = sizes.map((units, group) => units - active[group]);
  if (silent.every((count) => count <= 1)) return null;
  const reduced = withUnits(
    model,
    sizes.map((units, group) => Math.min(units, active[group] + 1)),
  );
  const multiplicity = silent.map((count) => Math.max(1, count));
  const weights = multiplicity.reduce<State>(
    (state, count, group) => timesUnit(rule, reduced, state, { group, unit: active[group], factor: count }),
    onesOf(rule, reduced),
  );
  return { model: reduced, active, multiplicity, weights: vectorOf(weights) };
}

const onesOf = <M extends RuleModel>(rule: RuleDefinition<M>, model: M): State =>
  rule.arrays(model).map(({ rows, cols }) => fromData(rows, cols, new Float64Array(rows * cols).fill(1)));

interface ScaledUnit {
  readonly group: number;
  readonly unit: number;
  readonly factor: number;
}

/** The state with all weights of one unit multiplied by a factor. */
function timesUnit<M extends RuleModel>(
  rule: RuleDefinition<M>,
  model: M,
  state: State,
  { group, unit, factor }: ScaledUnit,
): State {
  const { act, units } = rule.symmetry(model)[group];
  if (unit >= units || factor === 1) return state;
  const factors = new Float64Array(units).fill(1);
  factors[unit] = factor;
  return act(plainAlgebra, diagonal(factors), state);
}

/** Units of each layer that are not silent, in the smallest of some models with at most `most` units a layer that has room for them. */
function activeUnits<M extends RuleModel>(
  rule: RuleDefinition<M>,
  modelOf: (most: number) => M,
  largest: number,
): readonly number[] {
  for (let most = 8; ; most *= 2) {
    const model = modelOf(most);
    const state = rule.nearFixedPoint(model);
    const groups = rule.symmetry(model);
    const active = groups.map((_, group) => activeIn(rule, model, state, group));
    const hasRoom = groups.every(({ units }, group) => units < most || active[group] < units);
    if (hasRoom || most >= largest) return active;
  }
}

/** The number of units before the silent ones at the end, whose reflection leaves the state as it is. */
function activeIn<M extends RuleModel>(rule: RuleDefinition<M>, model: M, state: State, group: number): number {
  let active = rule.symmetry(model)[group].units;
  while (active > 0) {
    const moved = timesUnit(rule, model, state, { group, unit: active - 1, factor: -1 });
    if (moved.some(({ data }, k) => data.some((value, i) => value !== state[k].data[i]))) break;
    active--;
  }
  return active;
}

/** The rates of all units, from those of the model with one silent unit in each layer: as many as there are directions that relax. */
export function ratesOfAll<M extends RuleModel>(
  rule: RuleDefinition<M>,
  { model, active, multiplicity }: SilentUnits<M>,
  fixedPoint: State,
  rates: readonly ComplexEigenvalue[],
): readonly ComplexEigenvalue[] {
  const vector = vectorOf(fixedPoint);
  const jacobian = new UpdateField(rule, model).jacobian(vector);
  const ofUnit = multiplicity.map((_, group) =>
    vectorOf(timesUnit(rule, model, onesOf(rule, model), { group, unit: active[group], factor: 0 })),
  );
  // Weights by the layers whose silent unit they belong to: of none, of one, or between two.
  const blocks = new Map<string, { readonly places: number[]; readonly copies: number }>();
  vector.forEach((_, i) => {
    const groups = multiplicity.flatMap((__, group) => (ofUnit[group][i] === 0 ? [group] : []));
    const copies = groups.reduce((product, group) => product * multiplicity[group], 1);
    const block = blocks.get(groups.join()) ?? { places: [], copies };
    block.places.push(i);
    blocks.set(groups.join(), block);
  });
  const largest = Math.max(...rates.map(({ real }) => real));
  const further = [...blocks.values()].flatMap(({ places, copies }) => {
    if (copies === 1) return [];
    const own = eigenvalues(blockOf(jacobian, places))
      .map(({ real, imaginary }) => ({ real: -real, imaginary: imaginary === 0 ? 0 : -imaginary }))
      // Rotations towards the silent unit restore nothing.
      .filter(({ real, imaginary }) => Math.hypot(real, imaginary) > 1e-9 * largest);
    return Array.from({ length: copies - 1 }, () => own).flat();
  });
  return [...rates, ...further].sort((a, b) => a.real - b.real);
}

const blockOf = ({ cols, data }: Matrix, places: readonly number[]): Matrix =>
  fromData(
    places.length,
    places.length,
    Float64Array.from(places.flatMap((i) => places.map((j) => data[i * cols + j]))),
  );
