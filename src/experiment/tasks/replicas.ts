import { InvalidInputError } from '#core';
import { zeros } from '#linalg';
import {
  MeasurementContext,
  ReferenceAccumulator,
  ReplicaObserver,
  type Accumulator,
  type ReplicaSummary,
} from '#measure';
import type { CreateMeasuredStepper } from '#kernel';
import { readoutOf, ruleOf, type State, type Stepper } from '#model';
import { seedOfPart } from '#random';
import type { CooperativeTask } from './cooperative-task.js';
import { sliceObservations, sliceSteps } from './slices.js';
import { numberInPoint } from './split.js';
import { allUnitsOf, startOf } from './starts.js';
import type { Checkpointer, Task, TaskState } from './task.js';

/**
 * The replicas of a running task: they step together, and each has its observer. How the work is sliced changes no number.
 */
export class Replicas {
  readonly #task: Task;
  readonly #stepper: Stepper;
  readonly #context: MeasurementContext<State>;
  readonly #accumulator: Accumulator;
  readonly #observers: readonly ReplicaObserver[];
  readonly #checkpointer: Checkpointer | null;
  /** The state last read from the stepper. */
  readonly #state: State;
  #steps = 0;
  #samples = 0;
  /** Replicas of which the sample being taken has been taken. */
  #observed = 0;
  #stopping = false;
  #frame: Float64Array | null = null;

  /** `starts` are the states to begin from, those of the task unless given. */
  constructor(
    task: Task,
    createStepper: CreateMeasuredStepper,
    checkpointer: Checkpointer | null = null,
    starts: readonly State[] = task.replicas.map((replica) => startOf(task, replica)),
  ) {
    const { model, probes, seed, replicas, measurement, phase = 0 } = task;
    this.#task = task;
    this.#checkpointer = checkpointer;
    this.#state = starts[0].map(({ rows, cols }) => zeros(rows, cols));
    const stepper = createStepper(model, seedOfPart(seed, phase), replicas, starts);
    const units = ruleOf(model).units(model, this.#state);
    const readout = readoutOf(model, units, probes, measurement.frame);
    const context = new MeasurementContext(measurement, readout);
    this.#stepper = stepper;
    this.#context = context;
    this.#accumulator =
      stepper.accumulator?.(context, probes) ??
      new ReferenceAccumulator(context, replicas.length, (replica) => this.#read(replica));
    this.#observers = replicas.map((_, i) => new ReplicaObserver(context, this.#accumulator, i));
    if (checkpointer?.resumed) this.#restore(checkpointer.resumed);
  }

  /** Steps made by each replica. */
  get steps(): number {
    return this.#steps;
  }

  /** Samples that every replica has. */
  get samples(): number {
    return this.#samples;
  }

  /** Yields once before the first step, with the steps made before the task was resumed and `before` these by each replica. */
  *begin(before = 0): CooperativeTask<void> {
    this.#stopping = yield (before + this.#steps) * this.#observers.length;
  }

  /** Steps each replica up to a number of steps. Returns false when told to stop before; it then ends with the slice. */
  *advanceTo(steps: number): CooperativeTask<boolean> {
    const slice = sliceSteps(this.#task.model, this.#observers.length, this.#state);
    while (this.#steps < steps) {
      if (this.#stopping) return false;
      const now = Math.min(slice, steps - this.#steps);
      this.#stepper.advance(now);
      this.#steps += now;
      yield* this.#pause(now);
    }
    return true;
  }

  /** Takes one sample of each replica. Returns false when told to stop between groups: many probes make samples slow. */
  *sample(): CooperativeTask<boolean> {
    const { groupSize } = this.#accumulator;
    const { model, measurement } = this.#task;
    const groups = Math.ceil(sliceObservations(model, measurement.probes, this.#state) / groupSize);
    while (this.#observed < this.#observers.length) {
      if (this.#stopping) return false;
      const group = this.#observed / groupSize;
      const first = this.#observed;
      const end = Math.min(first + groupSize, this.#observers.length);
      this.#named(first, end, () => {
        this.#accumulator.add(group, this.#samples === 0);
      });
      this.#observed = end;
      for (let i = first; i < end; i++) {
        this.#named(i, i + 1, () => {
          this.#observers[i].observe();
        });
      }
      if ((group + 1) % groups === 0) yield* this.#pause(0);
    }
    this.#observed = 0;
    this.#samples++;
    return true;
  }

  /** Does some work on the replicas from `first` up to `end`; an error about one of them says which, and when. */
  #named(first: number, end: number, work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      const own = Array.from({ length: end - first }, (_, i) => first + i);
      const infinite = own.filter((i) => !this.#read(i).every(({ data }) => data.every(Number.isFinite)));
      const names = (infinite.length > 0 ? infinite.slice(0, 1) : own).map((i) =>
        numberInPoint(this.#task.replicas[i]),
      );
      const { phase = 0 } = this.#task;
      const when = `after ${this.#steps} steps${phase > 0 ? ` of phase ${phase + 1}` : ''}`;
      throw new InvalidInputError(`replica ${names.join(' or ')} (from 0), ${when}: ${error.message}`, error.path);
    }
  }

  *#pause(made: number): CooperativeTask<void> {
    this.#stopping = yield made * this.#observers.length;
    if (!this.#stopping && this.#checkpointer?.shouldSave()) this.save();
  }

  /** Hands the state to the checkpointer. */
  save(): void {
    this.#checkpointer?.save({
      steps: this.#steps,
      sample: this.#samples,
      observed: this.#observed,
      stepper: this.#stepper.save(),
      observers: this.#observers.map((observer) => observer.save()),
    });
  }

  #restore({ steps, sample, observed, stepper, observers }: TaskState): void {
    this.#steps = steps;
    this.#samples = sample;
    this.#observed = observed;
    this.#stepper.restore(stepper);
    observers.forEach((saved, i) => {
      this.#observers[i].restore(saved);
    });
  }

  /** Means over the samples so far; needs three samples of each replica. A stop within a sample leaves some with one more. */
  summaries(): ReplicaSummary[] {
    return this.#observers.map((observer) => observer.summary());
  }

  /** h of the probes in the first replica now, K x k with k the hidden units simulated. */
  representation(): Float64Array {
    const { readout, measurement } = this.#context;
    const hidden = new Float64Array(measurement.probes * readout.units);
    readout.represent(hidden, this.#read(0));
    return hidden;
  }

  /** R^T of the first replica now (r x k, see `FrameReadout`), near that of the call before; null where no frame is followed. */
  frame(): Float64Array | null {
    const { frame } = this.#context.readout;
    if (!frame) return null;
    const rank = frame.codes.length / this.#context.measurement.probes;
    this.#frame ??= new Float64Array(rank * this.units);
    frame.project(this.#frame, this.#read(0));
    return this.#frame.slice();
  }

  /** h of the probes in all replicas one after the other, R x K x k. */
  representations(): Float64Array {
    const { readout, measurement } = this.#context;
    const size = measurement.probes * readout.units;
    const all = new Float64Array(this.#observers.length * size);
    this.#observers.forEach((_, i) => {
      readout.represent(all.subarray(i * size, (i + 1) * size), this.#read(i));
    });
    return all;
  }

  /** k: units of a representation. */
  get units(): number {
    return this.#context.readout.units;
  }

  /** The state of each replica now, as it is simulated. */
  states(): State[] {
    return this.#task.replicas.map((_, i) => this.#read(i).map((array) => ({ ...array, data: array.data.slice() })));
  }

  /** The same with all hidden units. */
  weights(): State[] {
    return this.states().map((state, i) => allUnitsOf(this.#task, this.#task.replicas[i], state));
  }

  #read(replica: number): State {
    this.#stepper.read(replica, this.#state);
    return this.#state;
  }
}
