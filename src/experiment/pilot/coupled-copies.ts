import { CancelledError } from '#core';
import type { CreateMeasuredStepper } from '#kernel';
import { fromData, norm, transpose, zeros, type Matrix } from '#linalg';
import { ruleOf, type Loss, type RotationGroup, type RuleModel, type State, type Stepper } from '#model';
import { generator, log, NormalSource } from '#random';
import type { CooperativeTask } from '../tasks/cooperative-task.js';
import { sliceSteps } from '../tasks/slices.js';

/** Size of the perturbation, relative to the weights. */
const PERTURBATION = 1e-3;
/** Distances below this are rounding. */
const ROUNDING = 1e-15;

/**
 * Replicas, each with a perturbed copy that learns from the same samples. Near a stable orbit the two converge but for a
 * symmetry of the rule: their distance modulo the symmetry falls as exp(-t / relaxation time).
 */
export class CoupledCopies {
  readonly #own: Stepper;
  readonly #copy: Stepper;
  /** States last read from the two. */
  readonly #state: State;
  readonly #copyState: State;
  readonly #group: RotationGroup | undefined;
  readonly #losses: (state: State) => Loss;
  readonly #sliceSteps: number;
  readonly #replicas: number;

  constructor(
    model: RuleModel,
    createStepper: CreateMeasuredStepper,
    seed: number,
    replicas: readonly number[],
    starts: readonly State[],
  ) {
    const rule = ruleOf(model);
    const perturbed = starts.map((start, i) => perturbedState(start, seed, replicas[i]));
    this.#own = createStepper(model, seed, replicas, starts);
    this.#copy = createStepper(model, seed, replicas, perturbed);
    this.#state = zerosLike(starts[0]);
    this.#copyState = zerosLike(starts[0]);
    this.#group = rule.symmetry(model).at(0);
    this.#losses = rule.losses(model);
    this.#sliceSteps = sliceSteps(model, 2 * replicas.length, starts[0]);
    this.#replicas = replicas.length;
  }

  /** Throws CancelledError when told to stop. */
  *advance(steps: number): CooperativeTask<void> {
    for (let left = steps; left > 0; left -= this.#sliceSteps) {
      const now = Math.min(left, this.#sliceSteps);
      this.#own.advance(now);
      this.#copy.advance(now);
      if (yield 2 * this.#replicas * now) throw new CancelledError();
    }
  }

  /** The state of a replica, in memory that the next read changes. */
  state(replica: number): State {
    this.#own.read(replica, this.#state);
    return this.#state;
  }

  /** Mean over replicas of the logarithm of |S - R.S'| / |S|, R the symmetry that brings the copy S' nearest. */
  logDistance(): number {
    let sum = 0;
    for (let replica = 0; replica < this.#replicas; replica++) {
      const state = this.state(replica);
      this.#copy.read(replica, this.#copyState);
      sum += log(Math.max(ROUNDING, relativeDistance(state, this.#aligned(state))));
    }
    return sum / this.#replicas;
  }

  #aligned(state: State): State {
    const copy = this.#copyState;
    if (!this.#group) return copy;
    const units = Math.min(...copy.map(({ rows }) => rows));
    const frame = fromData(units, units, new Float64Array(units * units));
    this.#group.projection(copy, units).project(frame.data, state);
    return this.#group.act(transpose(frame), copy);
  }

  /** Mean over replicas of what the mean step descends. */
  loss(): number {
    let sum = 0;
    for (let replica = 0; replica < this.#replicas; replica++) sum += this.#losses(this.state(replica)).regularized;
    return sum / this.#replicas;
  }

  save(): readonly [Uint8Array, Uint8Array] {
    return [this.#own.save(), this.#copy.save()];
  }

  restore([own, copy]: readonly [Uint8Array, Uint8Array]): void {
    this.#own.restore(own);
    this.#copy.restore(copy);
  }
}

const zerosLike = (state: State): State => state.map(({ rows, cols }) => zeros(rows, cols));

/** A state with independent normal numbers added, whose stream no start has used. */
function perturbedState(state: State, seed: number, replica: number): State {
  const normal = new NormalSource(generator(seed, replica, 'frame'), generator(seed, replica, 'frameRetry'));
  return state.map((array) => {
    const deviation = (PERTURBATION * norm(array)) / Math.sqrt(array.data.length);
    return { ...array, data: array.data.map((value) => value + deviation * normal.next()) };
  });
}

const squaredNorm = (state: readonly Matrix[]): number => state.reduce((sum, array) => sum + norm(array) ** 2, 0);

function relativeDistance(state: State, other: State): number {
  const difference = state.map((array, i) => ({
    ...array,
    data: array.data.map((value, at) => value - other[i].data[at]),
  }));
  return Math.sqrt(squaredNorm(difference) / squaredNorm(state));
}
