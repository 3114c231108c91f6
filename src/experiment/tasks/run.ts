import { CancelledError } from '#core';
import type { Matrix } from '#linalg';
import type { ReplicaSummary } from '#measure';
import {
  Replicas,
  type CreateRecordedStepper,
  type Checkpointer,
  type CooperativeTask,
  type Task,
} from './replicas.js';

export interface TaskResult {
  readonly summaries: readonly ReplicaSummary[];
  /** Theta of each replica after its last step (p x (n+m)); empty unless asked for. */
  readonly weights: readonly Matrix[];
  /** False when it was interrupted: the summaries tell what was seen until then. */
  readonly complete: boolean;
}

/** How sliced work that is run in one go talks to whoever runs it. */
interface SliceHooks {
  /** Called after each slice with the replica-steps made in it. */
  readonly advanced: (replicaSteps: number) => void;
  readonly cancelled: () => boolean;
}

const unwatched: SliceHooks = { advanced: () => undefined, cancelled: () => false };

/** Runs sliced work to its end without giving the thread to anyone else. */
export function runSlices<T>(work: CooperativeTask<T>, { advanced, cancelled }: SliceHooks = unwatched): T {
  let slice = work.next(false);
  while (!slice.done) {
    advanced(slice.value);
    slice = work.next(cancelled());
  }
  return slice.value;
}

/** Fewest samples that say something: one increment, its neighbour, and a second pair for a mean. */
const MIN_SAMPLES = 4;

/**
 * Burn-in, then one sample every lag. How it is sliced changes no number. When told to stop it ends before the next slice,
 * with what the samples so far say; throws CancelledError when they are too few. With a keeper it has its state kept and
 * throws CancelledError whenever it is stopped. The first slice of a task that goes on counts the steps made before.
 */
export function* runTask(
  task: Task,
  createStepper: CreateRecordedStepper,
  keeper?: Checkpointer,
): CooperativeTask<TaskResult> {
  const { burnIn, measurement } = task;
  const replicas = new Replicas(task, createStepper, keeper);
  yield* replicas.begin();
  let complete = true;
  while (complete && replicas.samples < measurement.samples) {
    complete = (yield* replicas.advanceTo(burnIn + replicas.samples * measurement.lag)) && (yield* replicas.sample());
  }
  if (!complete && keeper) {
    replicas.keep();
    throw new CancelledError();
  }
  if (!complete && replicas.samples < MIN_SAMPLES) throw new CancelledError();
  return {
    summaries: replicas.summaries(),
    weights: task.keepWeights && complete ? replicas.weights() : [],
    complete,
  };
}
