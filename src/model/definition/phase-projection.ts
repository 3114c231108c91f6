import {
  completeColumns,
  dot,
  exponential,
  fromData,
  identity,
  multiply,
  plainAlgebra,
  polarFactor,
  sliceRows,
  transpose,
  zeros,
  type Matrix,
} from '#linalg';
import type { FrameProjection, RuleModel, State } from '../rule.js';
import { mixingRotation } from './mixing-rotation.js';
import { Orbit, tangentSpace } from './orbit.js';
import type { RuleDefinition } from './rule-definition.js';
import { withAllUnits } from './units.js';
import { stateOf, vectorOf } from './state-vector.js';

/** Iterations end where the rotation still missing is below this (rad). */
const TOLERANCE = 1e-13;
const MAX_ITERATIONS = 200;
/** Passes over the layers that find the rotations from which the iteration starts. */
const POLAR_SWEEPS = 3;

/**
 * Finds the rotations R of all layers at which the mean flow from a state ends, to second order in its displacement N from the orbit:
 * l_a.(R^-1.S - S*) = 0 for all directions a of the orbit. With the tangent vectors in place of l it is the nearest point of the
 * orbit (orthogonal Procrustes), which for gradient rules is the same. Writes the frame of the layer `followed`.
 *
 * Starts from polar factors, one layer after the other, and repeats R <- R exp(sum l_a.(R^-1.S - S*) Omega_a), which converges like
 * |N|^k. Remembers nothing, so many replicas can share one.
 */
export class PhaseProjection<M extends RuleModel> implements FrameProjection {
  readonly #orbit: Orbit<M>;
  readonly #reference: Float64Array;
  readonly #combinations: Matrix;
  /** Rows l_a: rho x d. */
  readonly #duals: Matrix;
  readonly #sides: readonly Sides[];
  /** For each layer how many of its units are not silent in the reference point: the first ones. */
  readonly #active: readonly number[];
  readonly #arrays;

  /** `duals` are the l_a as columns (d x rho), for the directions of `tangentSpace`; the tangents themselves unless given. */
  constructor(
    rule: RuleDefinition<M>,
    model: M,
    referencePoint: State,
    private readonly followed: number,
    duals: Matrix | null,
  ) {
    this.#orbit = new Orbit(rule, model);
    const reference = withAllUnits(rule, model, referencePoint);
    this.#reference = vectorOf(reference);
    this.#arrays = rule.arrays(model);
    const { combinations, tangents } = tangentSpace(this.#orbit, this.#reference);
    this.#combinations = combinations;
    this.#duals = transpose(duals ?? nearest(tangents));
    this.#active = this.#orbit.groups.map((_, group) => activeUnits(this.#orbit, group, reference));
    this.#sides = this.#orbit.groups.map((_, group) => sidesOf(this.#orbit, group, reference));
  }

  project(frame: Float64Array, state: State): void {
    let rotations = this.#polarFactors(state);
    const vector = vectorOf(state);
    for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
      const back = this.#orbit.rotate(rotations.map(transpose), vector);
      const displacement = fromData(
        back.length,
        1,
        back.map((value, i) => value - this.#reference[i]),
      );
      const missing = multiply(this.#combinations, multiply(this.#duals, displacement)).data;
      const size = Math.sqrt(dot(missing, missing));
      // Not a number where the simulation has diverged, which the measurement reports.
      if (!(size > TOLERANCE)) break;
      rotations = rotations.map((rotation, group) => multiply(rotation, exponential(this.#generator(missing, group))));
    }
    const { units } = this.#orbit.groups[this.followed];
    const found = transpose(rotations[this.followed]);
    const rank = frame.length / units;
    const active = Math.min(this.#active[this.followed], rank);
    const own = fromData(active, units, found.data.slice(0, active * units));
    if (active < rank) frame.set(transported(own, fromData(rank, units, frame.slice())).data);
    else frame.set(own.data);
  }

  /** sum of the components of a rotation vector over the planes of one layer (k x k, antisymmetric). */
  #generator(components: Float64Array, group: number): Matrix {
    const { units } = this.#orbit.groups[group];
    const omega = zeros(units, units);
    this.#orbit.planes.forEach((plane, p) => {
      if (plane.group !== group) return;
      omega.data[plane.a * units + plane.b] = components[p];
      omega.data[plane.b * units + plane.a] = -components[p];
    });
    return omega;
  }

  /**
   * For each layer the polar factor of sum A A*^T + sum B^T B*, A the arrays that it turns from the left and B those from the right. First
   * one layer after the other by the A alone, then all of them with the others turned back.
   */
  #polarFactors(state: State): Matrix[] {
    const { groups } = this.#orbit;
    const reference = stateOf(this.#arrays, this.#reference);
    let rotations = groups.map(({ units }) => identity(units));
    for (let sweep = 0; sweep < POLAR_SWEEPS; sweep++) {
      groups.forEach(({ units }, group) => {
        const others = rotations.map((rotation, other) =>
          other === group ? identity(rotation.rows) : transpose(rotation),
        );
        const turned = stateOf(this.#arrays, this.#orbit.rotate(others, vectorOf(state)));
        let overlap = zeros(units, units);
        const { left, right } = this.#sides[group];
        for (const k of left) overlap = plainAlgebra.add(overlap, multiply(turned[k], transpose(reference[k])));
        if (sweep > 0)
          for (const k of right) overlap = plainAlgebra.add(overlap, multiply(transpose(turned[k]), reference[k]));
        if (!overlap.data.every(Number.isFinite)) return;
        rotations = rotations.map((rotation, other) => (other === group ? polarFactor(overlap) : rotation));
      });
    }
    return rotations;
  }
}

/**
 * Completes the frame of the units that are not silent (a x k rows) by the nearest rows to those of a frame before (r x k), by any where
 * there are none: silent units do not turn among themselves.
 */
function transported(own: Matrix, before: Matrix): Matrix {
  const { rows: active, cols: units } = own;
  const kept = before.data.every((value) => value === 0)
    ? sliceRows(transpose(completeColumns(transpose(own), before.rows)), active, before.rows)
    : sliceRows(before, active, before.rows);
  const outside = plainAlgebra.subtract(kept, multiply(kept, transpose(own), own));
  const rest = transpose(polarFactor(transpose(outside)));
  return fromData(before.rows, units, Float64Array.of(...own.data, ...rest.data));
}

/** How many units come before the silent ones, whose reflection leaves the state as it is. */
function activeUnits(orbit: Orbit, group: number, state: State): number {
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

/** tau (tau^T tau)^-1: columns dual to the tangents. */
const nearest = (tangents: Matrix): Matrix => multiply(tangents, inverseGram(tangents));

function inverseGram(tangents: Matrix): Matrix {
  const gram = multiply(transpose(tangents), tangents);
  return gram.rows === 0 ? gram : plainAlgebra.inverse(gram);
}

/** The arrays that a layer turns from one side alone, A -> R A and B -> B R^T. */
interface Sides {
  readonly left: readonly number[];
  readonly right: readonly number[];
}

function sidesOf(orbit: Orbit, group: number, state: State): Sides {
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
