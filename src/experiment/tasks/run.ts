import { CancelledError } from '#core';
import type { CreateMeasuredStepper } from '#kernel';
import type { ReplicaSummary } from '#measure';
import type { State } from '#model';
import type { CooperativeTask } from './cooperative-task.js';
import { Replicas } from './replicas.js';
import type { Checkpointer, Task } from './task.js';

export interface TaskResult {
  readonly summaries: readonly ReplicaSummary[];
  /** State of each replica after its last step, with all hidden units; empty unless asked for. */
  readonly weights: readonly State[];
  /** False when it was interrupted: the summaries hold the samples until then. */
  readonly complete: boolean;
}

/** Fewest samples that can be summarised: one increment, its neighbour, and a second pair for a mean. */
const MIN_SAMPLES = 4;

/**
 * Burn-in, then one sample every lag. How it is sliced changes no number. When told to stop it ends before the next slice
 * with the samples so far; throws CancelledError when they are too few. With a checkpointer its state is saved and
 * CancelledError thrown whenever it is stopped. The first slice of a resumed task counts the steps made before.
 */
export function* runTask(
  task: Task,
  createStepper: CreateMeasuredStepper,
  checkpointer?: Checkpointer,
): CooperativeTask<TaskResult> {
  const { burnIn, measurement } = task;
  const replicas = new Replicas(task, createStepper, checkpointer);
  yield* replicas.begin();
  let complete = true;
  while (complete && replicas.samples < measurement.samples) {
    complete = (yield* replicas.advanceTo(burnIn + replicas.samples * measurement.lag)) && (yield* replicas.sample());
  }
  if (!complete && checkpointer) {
    replicas.save();
    throw new CancelledError();
  }
  if (!complete && replicas.samples < MIN_SAMPLES) throw new CancelledError();
  return {
    summaries: replicas.summaries(),
    weights: task.keepWeights && complete ? replicas.weights() : [],
    complete,
  };
}
