import {
  BroydenSteps,
  column,
  completeColumns,
  ExponentialProduct,
  fromData,
  PolarIteration,
  polarFactor,
  programInput,
  recordProgram,
  transpose,
  vectorProductInto,
  zeros,
  type Matrix,
  type Program,
  type ProgramArray,
} from '#linalg';
import type { FrameProjection, RuleModel, State } from '../rule.js';
import { Orbit, tangentSpace } from './orbit.js';
import { activeUnits, dualTo, sidesOf, transported } from './orbit-shape.js';
import type { RuleDefinition } from './rule-definition.js';
import { stateOf, vectorOf } from './state-vector.js';
import { withAllUnits } from './units.js';

/** Iterations end where the rotation still missing is below this (rad). */
const TOLERANCE = 1e-13;
const MAX_ITERATIONS = 200;
/** Passes over several layers that find the rotations from which the iteration starts. */
const POLAR_SWEEPS = 3;

/** What the projection needs for one layer, with working space. */
interface Layer {
  readonly units: number;
  /** How many of its units are not silent in the reference point: the first ones. */
  readonly active: number;
  /** The inverse of its rotation, R^T, of the state in hand. */
  readonly inverse: ProgramArray;
  /** The rotation that is missing, as a matrix. */
  readonly omega: Float64Array;
  readonly exponential: ExponentialProduct;
  readonly polar: PolarIteration;
  /** Where the polar factor starts: rows R^T of the active units. */
  readonly rows: Float64Array;
  /** sum A*^T A over the arrays that the layer turns from the left; and with those from the right, if there are any. */
  readonly left: Program;
  readonly both: Program | null;
}

/**
 * Finds the rotations R of all layers at which the mean flow from a state ends, to second order in its displacement N
 * from the orbit: l_a.(R^-1.S - S*) = 0 for all directions a of the orbit. With the tangent vectors in place of l it
 * is the nearest point of the orbit (orthogonal Procrustes), which for gradient rules is the same. Writes the frame of
 * the layer `followed`.
 *
 * Starts from polar factors, one layer after the other. R <- R exp(sum l_a.(R^-1.S - S*) Omega_a) would converge like
 * |N|^k; Broyden's method makes it fewer steps. Remembers nothing, so many replicas can share one. Allocates nothing
 * for one layer without silent units.
 */
export class PhaseProjection<M extends RuleModel> implements FrameProjection {
  readonly #orbit: Orbit<M>;
  /** S, and R^-1.S. */
  readonly #state: readonly ProgramArray[];
  readonly #turned: Program;
  readonly #reference: State;
  readonly #combinations: Matrix;
  /** Rows l_a: rho x d. */
  readonly #duals: Matrix;
  readonly #layers: readonly Layer[];
  readonly #displacement: Float64Array;
  /** Components of the missing rotation along the directions and the planes. */
  readonly #along: Float64Array;
  readonly #missing: Float64Array;
  readonly #steps: BroydenSteps;

  /**
   * `duals` are the l_a as columns (d x rho), for the directions of `tangentSpace`; what the rule says of the tangents
   * unless given.
   */
  constructor(
    rule: RuleDefinition<M>,
    model: M,
    referencePoint: State,
    private readonly followed: number,
    duals: Matrix | null,
  ) {
    this.#orbit = new Orbit(rule, model);
    const { groups } = this.#orbit;
    const reference = withAllUnits(rule, model, referencePoint);
    this.#reference = reference;
    const { combinations, tangents } = tangentSpace(this.#orbit, vectorOf(reference));
    this.#combinations = combinations;
    this.#duals = transpose(duals ?? dualTo(tangents, leftNullVectors(rule, model, tangents)));
    this.#displacement = new Float64Array(tangents.rows);
    this.#along = new Float64Array(combinations.cols);
    this.#missing = new Float64Array(combinations.rows);
    this.#steps = new BroydenSteps(combinations.rows);
    const inverses = groups.map(({ units }) => programInput(units, units));
    this.#state = reference.map(({ rows, cols }) => programInput(rows, cols));
    this.#turned = recordProgram((algebra) =>
      groups.reduce<readonly ProgramArray[]>((turned, { act }, k) => act(algebra, inverses[k], turned), this.#state),
    );
    this.#layers = groups.map(({ units }, group) => {
      const active = activeUnits(this.#orbit, group, reference);
      return {
        units,
        active,
        inverse: inverses[group],
        omega: new Float64Array(units * units),
        exponential: new ExponentialProduct(units),
        polar: new PolarIteration(active, units),
        rows: new Float64Array(active * units),
        ...overlaps(this.#orbit, group, reference, this.#turned.outputs),
      };
    });
  }

  project(frame: Float64Array, state: State): void {
    for (let k = 0; k < this.#state.length; k++) this.#state[k].data = state[k].data;
    this.#start();
    this.#steps.restart();
    for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
      this.#turned.run();
      const size = this.#findMissing();
      // Not a number where the simulation has diverged, which the measurement reports.
      if (!(size > TOLERANCE)) break;
      this.#rotate(this.#steps.next(this.#missing, size));
    }
    const { units, active, inverse } = this.#layers[this.followed];
    const rank = frame.length / units;
    if (active < rank) {
      const own = fromData(active, units, inverse.data.slice(0, active * units));
      frame.set(transported(own, fromData(rank, units, frame.slice())).data);
      return;
    }
    for (let i = 0; i < frame.length; i++) frame[i] = inverse.data[i];
  }

  /** The rotation vector l_a.(R^-1.S - S*) in the planes; its length. */
  #findMissing(): number {
    const displacement = this.#displacement;
    let at = 0;
    for (let k = 0; k < this.#reference.length; k++) {
      const there = this.#reference[k].data;
      const here = this.#turned.outputs[k].data;
      for (let i = 0; i < there.length; i++) displacement[at++] = here[i] - there[i];
    }
    const { rows, cols } = this.#duals;
    vectorProductInto(this.#along, this.#duals.data, displacement, rows, cols);
    const missing = this.#missing;
    vectorProductInto(missing, this.#combinations.data, this.#along, missing.length, rows);
    let square = 0;
    for (let p = 0; p < missing.length; p++) square += missing[p] * missing[p];
    return Math.sqrt(square);
  }

  /** R^T <- exp(-Omega) R^T in every layer, Omega with these components in its planes. */
  #rotate(components: Float64Array): void {
    const { planes } = this.#orbit;
    for (let p = 0; p < planes.length; p++) {
      const { a, b, group } = planes[p];
      const { omega, units } = this.#layers[group];
      omega[a * units + b] = -components[p];
      omega[b * units + a] = components[p];
    }
    for (const { exponential, inverse, omega } of this.#layers) exponential.apply(inverse.data, omega);
  }

  /**
   * For each layer the polar factor of sum A A*^T + sum B^T B*, A the arrays that it turns from the left and B those
   * from the right. First one layer after the other by the A alone, then all of them with the others turned back.
   */
  #start(): void {
    for (const { inverse, units } of this.#layers) setIdentity(inverse.data, units);
    const isAlone = this.#layers.length === 1;
    for (let sweep = 0; sweep < (isAlone ? 1 : POLAR_SWEEPS); sweep++) {
      for (const layer of this.#layers) {
        const { inverse, units } = layer;
        const before = isAlone ? null : inverse.data.slice();
        setIdentity(inverse.data, units);
        this.#turned.run();
        const overlap = (isAlone || sweep > 0) && layer.both ? layer.both : layer.left;
        overlap.run();
        if (!setPolarFactor(layer, overlap.outputs[0].data) && before) inverse.data.set(before);
      }
    }
  }
}

/** What the rule says of each tangent vector (d x rho). */
function leftNullVectors<M extends RuleModel>(rule: RuleDefinition<M>, model: M, tangents: Matrix): Matrix {
  const dual = rule.dual?.bind(rule);
  if (!dual) return tangents;
  const arrays = rule.arrays(model);
  const result = zeros(tangents.rows, tangents.cols);
  for (let a = 0; a < tangents.cols; a++) {
    vectorOf(dual(model, stateOf(arrays, column(tangents, a)))).forEach((value, i) => {
      result.data[i * tangents.cols + a] = value;
    });
  }
  return result;
}

/** The products of the reference point and a turned state that a layer is aligned by. */
function overlaps(
  orbit: Orbit,
  group: number,
  reference: State,
  turned: readonly ProgramArray[],
): { readonly left: Program; readonly both: Program | null } {
  const sides = sidesOf(orbit, group, reference);
  const recordedSum = (right: readonly number[]): Program =>
    recordProgram(({ constant, multiply: times, transpose: turn, add }) => {
      const [first, ...others] = [
        ...sides.left.map((k) => times(constant(reference[k]), turn(turned[k]))),
        ...right.map((k) => times(constant(transpose(reference[k])), turned[k])),
      ];
      return [add(first, ...others)];
    });
  return { left: recordedSum([]), both: sides.right.length > 0 ? recordedSum(sides.right) : null };
}

/**
 * Sets R^T of a layer to the polar factor of an overlap A* A^T; false, and nothing is changed, where it is not finite.
 */
function setPolarFactor({ units, active, inverse, polar, rows }: Layer, overlap: Float64Array): boolean {
  for (let i = 0; i < overlap.length; i++) if (!Number.isFinite(overlap[i])) return false;
  for (let i = 0; i < rows.length; i++) rows[i] = overlap[i];
  if (active === 0 || !polar.apply(rows)) {
    inverse.data.set(transpose(polarFactor(transpose(fromData(units, units, overlap)))).data);
  } else if (active === units) inverse.data.set(rows);
  else inverse.data.set(transpose(completeColumns(transpose(fromData(active, units, rows)), units)).data);
  return true;
}

function setIdentity(data: Float64Array, size: number): void {
  for (let i = 0; i < data.length; i++) data[i] = i % (size + 1) === 0 ? 1 : 0;
}
