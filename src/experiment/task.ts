import { CancelledError } from '#core';
import { multiply, zeros, type Matrix } from '#linalg';
import {
  Instruments,
  ReferenceRecorder,
  ReplicaObserver,
  type Measurement,
  type ObserverState,
  type Recorder,
  type ReplicaSummary,
} from '#measure';
import type { Precision } from '#kernel';
import { haarFrame, populationLoss, randomStart, width, type CreateStepper, type Model } from '#model';

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

export interface TaskResult {
  readonly summaries: readonly ReplicaSummary[];
  /** Theta of each replica after its last step (p x (n+m)); empty unless asked for. */
  readonly weights: readonly Matrix[];
  /** False when it was interrupted: the summaries tell what was seen until then. */
  readonly complete: boolean;
}

/**
 * Work under way. Between slices of some milliseconds it hands over control, yields the replica-steps made since it last
 * did, and is told whether to stop: a thread that can see a shared flag goes on at once, a web worker listens for messages
 * in between.
 */
export type Sliced<T> = Generator<number, T, boolean>;

/** How sliced work that is run in one go talks to whoever runs it. */
interface SliceHooks {
  /** Called after each slice with the replica-steps made in it. */
  readonly advanced: (replicaSteps: number) => void;
  readonly cancelled: () => boolean;
}

const unwatched: SliceHooks = { advanced: () => undefined, cancelled: () => false };

/** Runs sliced work to its end without giving the thread to anyone else. */
export function runSlices<T>(work: Sliced<T>, { advanced, cancelled }: SliceHooks = unwatched): T {
  let slice = work.next(false);
  while (!slice.done) {
    advanced(slice.value);
    slice = work.next(cancelled());
  }
  return slice.value;
}

/** Multiplications of one slice: milliseconds, tens of them on a slow machine. */
const SLICE = 1e7;
/** Multiplications of observations made together: about a millisecond. */
const OBSERVATIONS = 1e6;
/** Fewest samples that say something: one increment, its neighbour, and a second pair for a mean. */
const FEWEST_SAMPLES = 4;

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
export interface Keeper {
  /** The state to go on from, or null to begin. */
  readonly resumed: TaskState | null;
  /** Whether it is time to keep the state; asked after each slice. */
  readonly due: () => boolean;
  readonly keep: (state: TaskState) => void;
}

/** Makes steppers. One that brings its own recorder is recorded by that, any other by the readable one. */
type CreateRecordedStepper = (
  ...given: Parameters<CreateStepper>
) => ReturnType<CreateStepper> & { readonly recorder?: (instruments: Instruments) => Recorder };

/**
 * Burn-in, then one sample every lag. How it is sliced changes no number. When told to stop it ends before the next slice,
 * with what the samples so far say; throws CancelledError when they are too few. With a keeper it has its state kept and
 * throws CancelledError whenever it is stopped. The first slice of a task that goes on counts the steps made before.
 */
export function* runTask(task: Task, createStepper: CreateRecordedStepper, keeper?: Keeper): Sliced<TaskResult> {
  const { model, seed, replicas, measurement } = task;
  const starts = replicas.map((replica) => startState(task, replica));
  const stepper = createStepper(model, seed, replicas, starts);
  const slice = sliceSteps(task, starts[0]);
  const instruments = new Instruments(measurement, starts[0].rows, populationLoss(model));
  const recorder =
    stepper.recorder?.(instruments) ??
    new ReferenceRecorder(instruments, replicas.length, (replica, into) => {
      stepper.read(replica, into);
    });
  const observers = replicas.map((_, i) => new ReplicaObserver(instruments, recorder, i));
  let [steps, next, observed] = [0, 0, 0];
  if (keeper?.resumed) {
    ({ steps, sample: next, observed } = keeper.resumed);
    stepper.restore(keeper.resumed.stepper);
    for (const [i, saved] of keeper.resumed.observers.entries()) observers[i].restore(saved);
  }
  const keep = (): void => {
    const saved = observers.map((observer) => observer.save());
    keeper?.keep({ steps, sample: next, observed, stepper: stepper.save(), observers: saved });
  };
  let stopping = yield steps * replicas.length;
  function* pause(made: number): Sliced<void> {
    stopping = yield made * replicas.length;
    if (!stopping && keeper?.due()) keep();
  }
  /** Whether all the steps were made. */
  function* advanceTo(end: number): Sliced<boolean> {
    while (steps < end) {
      if (stopping) return false;
      const now = Math.min(slice, end - steps);
      stepper.advance(now);
      steps += now;
      yield* pause(now);
    }
    return true;
  }
  const { together } = recorder;
  const groups = Math.ceil(observationsTogether(task, starts[0]) / together);
  /** One sample of each replica, unless told to stop between groups: a sample of many probes takes its time too. */
  function* sample(): Sliced<boolean> {
    while (observed < observers.length) {
      if (stopping) return false;
      const group = observed / together;
      recorder.record(group, next === 0);
      observed = Math.min(observed + together, observers.length);
      for (let i = group * together; i < observed; i++) observers[i].observe();
      if ((group + 1) % groups === 0) yield* pause(0);
    }
    observed = 0;
    next++;
    return true;
  }
  let complete = true;
  while (complete && next < measurement.samples) {
    complete = (yield* advanceTo(task.burnIn + next * measurement.lag)) && (yield* sample());
  }
  if (!complete && keeper) {
    keep();
    throw new CancelledError();
  }
  if (!complete && observers.some(({ samples }) => samples < FEWEST_SAMPLES)) throw new CancelledError();
  return {
    summaries: observers.map((observer) => observer.summary()),
    weights:
      task.keepWeights && complete
        ? replicas.map((replica, i) => {
            const own = zeros(starts[0].rows, starts[0].cols);
            stepper.read(i, own);
            return task.reduceHiddenUnits ? liftFrom(task, replica, own) : own;
          })
        : [],
    complete,
  };
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
