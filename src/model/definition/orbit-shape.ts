import {
  completeColumns,
  fromData,
  identity,
  multiply,
  plainAlgebra,
  polarFactor,
  sliceRows,
  transpose,
  type Matrix,
} from '#linalg';
import type { State } from '../rule.js';
import { mixingRotation } from './mixing-rotation.js';
import type { Orbit } from './orbit.js';

/**
 * Completes the frame of the units that are not silent (a x k rows) by the nearest rows to those of a frame before (r x k), by any where
 * there are none: silent units do not turn among themselves.
 */
export function transported(own: Matrix, before: Matrix): Matrix {
  const { rows: active, cols: units } = own;
  const kept = before.data.every((value) => value === 0)
    ? sliceRows(transpose(completeColumns(transpose(own), before.rows)), active, before.rows)
    : sliceRows(before, active, before.rows);
  const outside = plainAlgebra.subtract(kept, multiply(kept, transpose(own), own));
  const rest = transpose(polarFactor(transpose(outside)));
  return fromData(before.rows, units, Float64Array.of(...own.data, ...rest.data));
}

/** How many units come before the silent ones, whose reflection leaves the state as it is. */
export function activeUnits(orbit: Orbit, group: number, state: State): number {
  const { act, units } = orbit.groups[group];
  let active = units;
  while (active > 0) {
    const reflection = identity(units);
    reflection.data[(active - 1) * (units + 1)] = -1;
    const moved = act(plainAlgebra, reflection, state);
    if (moved.some(({ data }, k) => data.some((value, i) => value !== state[k].data[i]))) break;
    active--;
  }
  return active;
}

/** u (tau^T u)^-1: combinations of the columns of u that are dual to the tangents tau (d x rho both). */
export function dualTo(tangents: Matrix, columns: Matrix): Matrix {
  const overlap = multiply(transpose(tangents), columns);
  return overlap.rows === 0 ? columns : multiply(columns, plainAlgebra.inverse(overlap));
}

/** The arrays that a layer turns from one side alone, A -> R A and B -> B R^T. */
interface Sides {
  readonly left: readonly number[];
  readonly right: readonly number[];
}

export function sidesOf(orbit: Orbit, group: number, state: State): Sides {
  const { act, units, name } = orbit.groups[group];
  const rotation = mixingRotation(units);
  // No symmetry of its own may hide what an array does.
  const generic = state.map((array) => ({ ...array, data: array.data.map((_, i) => Math.sin(1 + 1.7 * i)) }));
  const after = act(plainAlgebra, rotation, generic);
  const where = (turn: (array: Matrix) => Matrix | null): number[] =>
    generic.flatMap((array, k) => {
      const expected = turn(array);
      const isSame = expected?.data.every((value, i) => Math.abs(value - after[k].data[i]) <= 1e-9) ?? false;
      return isSame ? [k] : [];
    });
  const left = where((array) => (array.rows === units ? multiply(rotation, array) : null));
  const right = where((array) => (array.cols === units ? multiply(array, transpose(rotation)) : null));
  if (left.length > 0) return { left, right };
  throw new RangeError(`no array of the state is turned from the left alone by rotations of ${name}`);
}
