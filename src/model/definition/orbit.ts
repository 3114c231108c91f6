import { fromData, identity, multiply, svd, taylorAlgebra, transpose, zeros, type Matrix } from '#linalg';
import type { RuleModel } from '../rule.js';
import type { RuleDefinition, StateArray, UnitRotations } from './rule-definition.js';
import { stateOf } from './state-vector.js';
import { partOf, taylorState } from './taylor-state.js';

/** The plane of the units a < b of one layer, in which Omega_ab = e_a e_b^T - e_b e_a^T rotates. */
export interface UnitPlane {
  readonly a: number;
  readonly b: number;
  /** Number of the layer. */
  readonly group: number;
}

/** All planes of a layer in the order (0,1), (0,2), ..., (1,2), ... */
const planesOf = (units: number, group: number): UnitPlane[] =>
  Array.from({ length: units }, (_, a) =>
    Array.from({ length: units - a - 1 }, (__, k) => ({ a, b: a + 1 + k, group })),
  ).flat();

/** The Lie algebra of the symmetry, acting on states as vectors. */
export class Orbit<M extends RuleModel = RuleModel> {
  readonly groups: readonly UnitRotations[];
  /** The planes of all layers. */
  readonly planes: readonly UnitPlane[];
  readonly #arrays: readonly StateArray[];

  constructor(rule: RuleDefinition<M>, model: M) {
    this.#arrays = rule.arrays(model);
    this.groups = rule.symmetry(model);
    this.planes = this.groups.flatMap(({ units }, group) => planesOf(units, group));
  }

  /** Omega.S for the plane: the derivative of exp(phi Omega).S at phi = 0. */
  turn(plane: UnitPlane, vector: Float64Array): Float64Array {
    const { act, units } = this.groups[plane.group];
    const omega = zeros(units, units);
    omega.data[plane.a * units + plane.b] = 1;
    omega.data[plane.b * units + plane.a] = -1;
    const rotation = { value: identity(units), first: omega, second: null, mixed: null };
    const state = stateOf(this.#arrays, vector).map((array) => taylorAlgebra.constant(array));
    return partOf(act(taylorAlgebra, rotation, state), 'first');
  }

  /** R.S for rotations of all layers. */
  rotate(rotations: readonly Matrix[], vector: Float64Array): Float64Array {
    const zero = new Float64Array(vector.length);
    const state = rotations.reduce<ReturnType<typeof taylorState>>(
      (turned, rotation, group) => [...this.groups[group].act(taylorAlgebra, taylorAlgebra.constant(rotation), turned)],
      taylorState(this.#arrays, zero, vector),
    );
    // The action is linear in the state, so that its derivative along the vector is its value there.
    return partOf(state, 'first');
  }
}

/** Squared singular values below this share of the largest count as zero. */
const DEGENERATE = 1e-14;

/** The tangent space of the orbit of a state. */
export interface TangentSpace {
  /**
   * P x rho: combinations of planes, orthonormal, that turn the state; planes themselves where all of them do. Rotations of silent
   * units among themselves leave the state as it is.
   */
  readonly combinations: Matrix;
  /** d x rho: the tangent vectors Omega.S of these. */
  readonly tangents: Matrix;
}

export function tangentSpace(orbit: Orbit, vector: Float64Array): TangentSpace {
  const count = orbit.planes.length;
  const all = zeros(vector.length, count);
  orbit.planes.forEach((plane, p) => {
    orbit.turn(plane, vector).forEach((value, i) => {
      all.data[i * count + p] = value;
    });
  });
  if (count === 0) return { combinations: zeros(0, 0), tangents: all };
  const { s, v } = svd(multiply(transpose(all), all));
  const rank = s.filter((value) => value > DEGENERATE * s[0]).length;
  const isFull = rank === count;
  const combinations = isFull
    ? identity(count)
    : fromData(
        count,
        rank,
        Float64Array.from({ length: count * rank }, (_, at) => v.data[Math.floor(at / rank) * count + (at % rank)]),
      );
  return { combinations, tangents: multiply(all, combinations) };
}
