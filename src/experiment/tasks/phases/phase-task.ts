import type { Checkpointer, PhaseResult, PhasesBefore, Task, TaskResult } from '../task.js';

export const phaseCount = ({ later = [] }: Pick<Task, 'later'>): number => 1 + later.length;

/** A phase of a task as a task of its own. */
export function phaseTask(task: Task, phase: number): Task {
  const later = task.later?.at(phase - 1);
  return phase === 0 || !later ? task : { ...task, ...later, phase };
}

/** Steps of each replica in the phases before one, from the start of learning. */
export function stepsBefore(task: Task, phase: number): number {
  let steps = 0;
  for (let k = 0; k < phase; k++) {
    const { burnIn, measurement, after = 0 } = phaseTask(task, k);
    steps += burnIn + (measurement.samples - 1) * measurement.lag + after;
  }
  return steps;
}

/** Saves the state of a phase with what the phases before have brought. */
export const phaseCheckpointer = (
  whole: Checkpointer,
  isResumed: boolean,
  before: () => PhasesBefore | null,
): Checkpointer => ({
  resumed: isResumed ? whole.resumed : null,
  shouldSave: whole.shouldSave,
  save: (state) => {
    const done = before();
    whole.save(done ? { ...state, before: done } : state);
  },
});

/** What the tasks brought for one of their phases; null for a task that did not come to it. */
export const resultsOfPhase = (results: readonly (TaskResult | null)[], phase: number): (PhaseResult | null)[] =>
  phase === 0 ? [...results] : results.map((result) => result?.later?.at(phase - 1) ?? null);
