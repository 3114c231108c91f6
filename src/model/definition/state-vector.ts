import { fromData, type Matrix } from '#linalg';
import type { State } from '../rule.js';
import type { StateArray } from './rule-definition.js';

/** d: numbers in a state. */
export const stateSize = (arrays: readonly StateArray[]): number =>
  arrays.reduce((sum, { rows, cols }) => sum + rows * cols, 0);

/** The entries of all arrays, one after the other (d numbers). */
export function vectorOf(state: State): Float64Array {
  const vector = new Float64Array(state.reduce((sum, { data }) => sum + data.length, 0));
  let at = 0;
  for (const { data } of state) {
    vector.set(data, at);
    at += data.length;
  }
  return vector;
}

export function stateOf(arrays: readonly StateArray[], vector: Float64Array): Matrix[] {
  let at = 0;
  return arrays.map(({ rows, cols }) => {
    const data = vector.slice(at, at + rows * cols);
    at += rows * cols;
    return fromData(rows, cols, data);
  });
}

/** `W[2, 1]`: the entry of a state at a place of its vector, counted from 1. */
export function entryName(arrays: readonly StateArray[], place: number): string {
  let left = place;
  for (const { name, rows, cols } of arrays) {
    if (left < rows * cols) return `${name}[${Math.floor(left / cols) + 1}, ${(left % cols) + 1}]`;
    left -= rows * cols;
  }
  throw new RangeError(`no entry ${place} in a state of ${stateSize(arrays)} numbers`);
}
