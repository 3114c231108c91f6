import { multiply, zeros, type Matrix } from '#linalg';
import {
  MeasurementContext,
  ReferenceRecorder,
  ReplicaObserver,
  type Measurement,
  type ObserverState,
  type Recorder,
  type ReplicaSummary,
} from '#measure';
import type { Precision } from '#kernel';
import { haarFrame, populationLoss, randomStart, width, type CreateStepper, type Model, type Stepper } from '#model';

/** A piece of one point: some of its replicas. Plain data, so that any worker anywhere can run it. */
export interface Task {
  readonly model: Model;
  readonly seed: number;
  /** Numbers of the replicas, which key their random streams. */
  readonly replicas: readonly number[];
  readonly burnIn: number;
  readonly precision: Precision;
  readonly measurement: Measurement;
  /** Standard deviation of random initial weights, or null to start on the manifold. */
  readonly randomStart: number | null;
  readonly reduceHiddenUnits: boolean;
  /** Whether to hand back the weights at the end, lifted to all p hidden units. */
  readonly keepWeights: boolean;
}

/**
 * Work under way. Between slices of some milliseconds it hands over control, yields the replica-steps made since it last
 * did, and is told whether to stop: a thread that can see a shared flag goes on at once, a web worker listens for messages
 * in between.
 */
export type CooperativeTask<T> = Generator<number, T, boolean>;

/** A task between two slices of its work, as plain data: it ends with the same bytes as one that was never stopped. */
export interface TaskState {
  /** Steps made by each replica. */
  readonly steps: number;
  /** Number of the next sample, or of the sample being taken, and the replicas of which it has been taken. */
  readonly sample: number;
  readonly observed: number;
  readonly stepper: Uint8Array;
  readonly observers: readonly ObserverState[];
}

/** Keeps the state of a task, so that it can go on elsewhere after whatever ends its process. */
export interface Checkpointer {
  /** The state to go on from, or null to begin. */
  readonly resumed: TaskState | null;
  /** Whether it is time to keep the state; asked after each slice. */
  readonly due: () => boolean;
  readonly keep: (state: TaskState) => void;
}

/** Multiplications of one slice: milliseconds, tens of them on a slow machine. */
const SLICE = 1e7;
/** Multiplications of observations made together: about a millisecond. */
const OBSERVATIONS = 1e6;

/** Makes steppers. One that brings its own recorder is recorded by that, any other by the readable one. */
export type CreateRecordedStepper = (
  ...given: Parameters<CreateStepper>
) => Stepper & { readonly recorder?: (context: MeasurementContext) => Recorder };

/**
 * The replicas of a task under way: they step together, and each has its observer. How the work is sliced changes no number.
 */
export class Replicas {
  readonly #task: Task;
  readonly #stepper: Stepper;
  readonly #instruments: MeasurementContext;
  readonly #recorder: Recorder;
  readonly #observers: readonly ReplicaObserver[];
  readonly #keeper: Checkpointer | null;
  /** Theta of the replica last read, k x (n+m). */
  readonly #state: Matrix;
  #steps = 0;
  #samples = 0;
  /** Replicas of which the sample being taken has been taken. */
  #observed = 0;
  #stopping = false;

  /** `starts` are the Theta to begin from (k x (n+m)), those of the task unless given. */
  constructor(
    task: Task,
    createStepper: CreateRecordedStepper,
    keeper: Checkpointer | null = null,
    starts: readonly Matrix[] = task.replicas.map((replica) => startState(task, replica)),
  ) {
    const [{ rows, cols }] = starts;
    this.#task = task;
    this.#keeper = keeper;
    const stepper = createStepper(task.model, task.seed, task.replicas, starts);
    const context = new MeasurementContext(task.measurement, rows, populationLoss(task.model));
    const recorder =
      stepper.recorder?.(context) ??
      new ReferenceRecorder(context, task.replicas.length, (replica, into) => {
        stepper.read(replica, into);
      });
    this.#stepper = stepper;
    this.#instruments = context;
    this.#recorder = recorder;
    this.#observers = task.replicas.map((_, i) => new ReplicaObserver(context, recorder, i));
    this.#state = zeros(rows, cols);
    if (keeper?.resumed) this.#restore(keeper.resumed);
  }

  /** Steps made by each replica. */
  get steps(): number {
    return this.#steps;
  }

  /** Samples that every replica has. */
  get samples(): number {
    return this.#samples;
  }

  /** Hands over control once, before the first step: tells the steps made before. */
  *begin(): CooperativeTask<void> {
    this.#stopping = yield this.#steps * this.#observers.length;
  }

  /** Steps until each replica has made so many. Returns whether it has: told to stop, it ends before the next slice. */
  *advanceTo(steps: number): CooperativeTask<boolean> {
    const slice = sliceSteps(this.#task, this.#state);
    while (this.#steps < steps) {
      if (this.#stopping) return false;
      const now = Math.min(slice, steps - this.#steps);
      this.#stepper.advance(now);
      this.#steps += now;
      yield* this.#pause(now);
    }
    return true;
  }

  /** One sample of each replica, unless told to stop between groups: a sample of many probes takes its time too. */
  *sample(): CooperativeTask<boolean> {
    const { together } = this.#recorder;
    const groups = Math.ceil(observationsTogether(this.#task, this.#state) / together);
    while (this.#observed < this.#observers.length) {
      if (this.#stopping) return false;
      const group = this.#observed / together;
      this.#recorder.record(group, this.#samples === 0);
      this.#observed = Math.min(this.#observed + together, this.#observers.length);
      for (let i = group * together; i < this.#observed; i++) this.#observers[i].observe();
      if ((group + 1) % groups === 0) yield* this.#pause(0);
    }
    this.#observed = 0;
    this.#samples++;
    return true;
  }

  *#pause(made: number): CooperativeTask<void> {
    this.#stopping = yield made * this.#observers.length;
    if (!this.#stopping && this.#keeper?.due()) this.keep();
  }

  /** Has the state kept. */
  keep(): void {
    this.#keeper?.keep({
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

  /** What was seen so far; needs three samples of each replica. A stop within a sample leaves some with one more. */
  summaries(): ReplicaSummary[] {
    return this.#observers.map((observer) => observer.summary());
  }

  /** W1 x of the probes in the first replica now, K x k with k the rows simulated. */
  representation(): Float64Array {
    const { stimuli, units, measurement } = this.#instruments;
    const hidden = new Float64Array(measurement.stimuli.rows * units);
    this.#stepper.read(0, this.#state);
    stimuli.timesTransposed(hidden, this.#state.data, units, this.#state.cols);
    return hidden;
  }

  /** Theta of each replica now, as it is simulated (k x (n+m)). */
  states(): Matrix[] {
    return this.#task.replicas.map((_, i) => {
      this.#stepper.read(i, this.#state);
      return { ...this.#state, data: this.#state.data.slice() };
    });
  }

  /** The same lifted to all p hidden units. */
  weights(): Matrix[] {
    const { replicas, reduceHiddenUnits } = this.#task;
    return this.states().map((own, i) => (reduceHiddenUnits ? liftFrom(this.#task, replicas[i], own) : own));
  }
}

/** Steps of one slice: a step multiplies once or twice for each weight, each entry of an input's factor and of the target. */
function sliceSteps({ model, replicas }: Task, { data }: Matrix): number {
  const { rows: outputs, cols: inputs } = model.target;
  return Math.max(
    1,
    Math.floor(SLICE / (replicas.length * model.batchSize * (data.length + inputs * (inputs + outputs)))),
  );
}

/** Observations between two looks at whether to stop; of a small network more than a task has replicas, for looking costs too. */
function observationsTogether({ measurement: { stimuli } }: Task, { rows: units, cols: columns }: Matrix): number {
  return Math.ceil(OBSERVATIONS / (units * (columns * (units + stimuli.rows) + stimuli.rows ** 2)));
}

/** T_0, what a reduced network starts from: Theta* on the manifold, or the R factor of random weights. */
function reducedStart({ model, seed, measurement, randomStart: deviation }: Task, replica: number): Matrix {
  return deviation === null
    ? measurement.reference
    : randomStart(seed, replica, model.hiddenUnits, width(model), deviation);
}

/** Theta_0 = Q0 T_0 with the replica's own frame Q0, or T_0 alone when hidden units are reduced. */
function startState(task: Task, replica: number): Matrix {
  const reduced = reducedStart(task, replica);
  return task.reduceHiddenUnits ? reduced : liftFrom(task, replica, reduced);
}

function liftFrom({ model, seed, randomStart: deviation }: Task, replica: number, reduced: Matrix): Matrix {
  const full = deviation !== null && model.hiddenUnits === reduced.rows;
  return full ? reduced : multiply(haarFrame(seed, replica, model.hiddenUnits, reduced.rows), reduced);
}
