import { fromData, type Taylor } from '#linalg';
import type { StateArray } from './rule-definition.js';
import { stateOf, vectorOf } from './state-vector.js';

/** The state at a vector, perturbed by u e1 + v e2. */
export function taylorState(
  arrays: readonly StateArray[],
  vector: Float64Array,
  u: Float64Array,
  v: Float64Array | null = null,
): Taylor[] {
  const value = stateOf(arrays, vector);
  const first = stateOf(arrays, u);
  const second = v && stateOf(arrays, v);
  return value.map((array, k) => ({ value: array, first: first[k], second: second?.[k] ?? null, mixed: null }));
}

/** One part of Taylor arrays as a vector, zeros where it vanishes. */
export const partOf = (arrays: readonly Taylor[], part: 'first' | 'mixed'): Float64Array =>
  vectorOf(
    arrays.map(
      (array) => array[part] ?? fromData(array.value.rows, array.value.cols, new Float64Array(array.value.data.length)),
    ),
  );
