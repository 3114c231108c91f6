import { CancelledError } from '#core';
import type { CreateMeasuredStepper } from '#kernel';
import type { State } from '#model';
import type { CooperativeTask } from './cooperative-task.js';
import { phaseCheckpointer, phaseCount, phaseTask, stepsBefore } from './phases/phase-task.js';
import { PhaseCorrelations } from './phases/phase-correlations.js';
import { Replicas } from './replicas.js';
import { startOf } from './starts.js';
import type { Checkpointer, PhaseResult, Task, TaskResult } from './task.js';

/** Fewest samples that can be summarised: one increment, its neighbour, and a second pair for a mean. */
const MIN_SAMPLES = 4;

/**
 * Burn-in, then one sample every lag; the same in every further phase, in which the networks go on from where they are. How it is
 * sliced changes no number. When told to stop it ends before the next slice with the samples so far; throws CancelledError when they
 * are too few. With a checkpointer its state is saved and CancelledError thrown whenever it is stopped. The first slice of a
 * resumed task counts the steps made before.
 */
export function* runTask(
  task: Task,
  createStepper: CreateMeasuredStepper,
  checkpointer?: Checkpointer,
): CooperativeTask<TaskResult> {
  const before = checkpointer?.resumed?.before;
  const results: PhaseResult[] = [...(before?.results ?? [])];
  const correlations = task.later ? new PhaseCorrelations(task, before) : null;
  const resumedPhase = results.length;
  let starts: readonly State[] = task.replicas.map((replica) => startOf(task, replica));
  for (let phase = resumedPhase; phase < phaseCount(task); phase++) {
    const own = phaseTask(task, phase);
    const { burnIn, measurement, after = 0 } = own;
    const saving =
      checkpointer &&
      phaseCheckpointer(checkpointer, phase === resumedPhase, () => correlations && { results, ...correlations.state });
    const replicas: Replicas = new Replicas(own, createStepper, saving, starts);
    if (phase === resumedPhase) yield* replicas.begin(stepsBefore(task, phase));
    let complete = true;
    while (complete && replicas.samples < measurement.samples) {
      complete = (yield* replicas.advanceTo(burnIn + replicas.samples * measurement.lag)) && (yield* replicas.sample());
      if (complete) correlations?.sampled(replicas, measurement);
    }
    const lastSample = burnIn + (measurement.samples - 1) * measurement.lag;
    if (complete && after > 0) complete = yield* replicas.advanceTo(lastSample + after);
    if (!complete && checkpointer) {
      replicas.save();
      throw new CancelledError();
    }
    if (!complete && replicas.samples < MIN_SAMPLES) {
      if (phase === 0) throw new CancelledError();
      break;
    }
    const summaries = replicas.summaries();
    results.push({
      summaries: correlations ? correlations.added(summaries, replicas, complete) : summaries,
      weights: task.keepWeights && complete ? replicas.weights() : [],
      complete,
    });
    if (!complete) break;
    starts = replicas.states();
  }
  const [first, ...later] = results;
  return task.later ? { ...first, later } : first;
}
