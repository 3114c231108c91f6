import { TheoryDomainError } from '#core';
import { eigenvalues, maxAbs, norm, type Matrix } from '#linalg';
import { measuredLayer, responsesOf, stateOf, type RuleModel, type State, type StateArray } from '#model';
import type { UpdateField } from './field.js';

/** |f| of an array at rest, at most this share of |Df| |S| of the array itself: its numbers stand above the rounding of the others. */
const AT_REST = 1e-3;
/** Numbers below this have been taken to zero by a flow that never comes to rest: products of them are no numbers any more. */
const SMALLEST = 1e-100;

/**
 * A state at which the mean step vanishes, with zero for every array that still moves by its own measure: the flow takes it to zero, and
 * what is left of it is rounding of the other arrays, or of nothing.
 */
export function withoutVanished(
  arrays: readonly StateArray[],
  vector: Float64Array,
  { update, jacobian }: { readonly update: Float64Array; readonly jacobian: Matrix },
): Float64Array {
  const result = vector.slice();
  let from = 0;
  for (const { rows, cols } of arrays) {
    const to = from + rows * cols;
    const size = Math.hypot(...vector.subarray(from, to));
    const speed = Math.hypot(...update.subarray(from, to));
    if (size < SMALLEST || speed > AT_REST * norm(blockOf(jacobian, from, to)) * size) result.fill(0, from, to);
    from = to;
  }
  return result;
}

function blockOf({ cols, data }: Matrix, from: number, to: number): Matrix {
  const size = to - from;
  const block = Float64Array.from(
    { length: size * size },
    (_, at) => data[(from + Math.floor(at / size)) * cols + from + (at % size)],
  );
  return { rows: size, cols: size, data: block };
}

/**
 * Some input is represented at the fixed point, unless the search for it began at a saddle where none is. Throws TheoryDomainError naming
 * the arrays that the flow takes to zero.
 */
export function assertRemembers<M extends RuleModel>(field: UpdateField<M>, vector: Float64Array): void {
  const { rule, model, arrays } = field;
  const isSilent = (state: State): boolean => maxAbs(responsesOf(rule, model, state)[measuredLayer(model)]) === 0;
  const state = stateOf(arrays, vector);
  if (!isSilent(state)) return;
  const isSaddle = (): boolean => eigenvalues(field.jacobian(vector)).some(({ real }) => real > 0);
  if (isSilent(rule.nearFixedPoint(model)) && isSaddle()) return;
  const gone = state.flatMap((array, k) => (maxAbs(array) === 0 ? [arrays[k].name] : []));
  throw new TheoryDomainError(
    `the mean flow of the learning rule ${rule.name} takes ${listed(gone) || 'the representation'} to zero: the network forgets all, ` +
      'and no input is represented; look at the signs of the terms that learn, and at how strongly weights decay',
    ['model', 'rule'],
  );
}

/** `a, b and c`. */
const listed = (names: readonly string[]): string =>
  [names.slice(0, -1).join(', '), ...names.slice(-1)].filter((part) => part !== '').join(' and ');
