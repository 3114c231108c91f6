import {
  firstPhase,
  phasesOf,
  protocolTemplate,
  resultsOfPhase,
  sliceTask,
  type PhaseResult,
  type PointSnapshot,
  type Task,
  type TaskResult,
} from '#experiment';
import { InvalidInputError } from '#core';
import type { RunDirectory } from '#store';

/** The point of a number, as the run directory stores it. */
export async function pointOf(run: RunDirectory, point: number): Promise<PointSnapshot> {
  return (await run.point(point)) as PointSnapshot;
}

/** The task of a number: a slice of its point, and of the phases that follow it. */
export async function taskOf(run: RunDirectory, task: number): Promise<Task> {
  const { point, first, count } = run.place(task);
  const phases = [await pointOf(run, point)];
  const end = point + phasesOf(phases[0]);
  while (point + phases.length < end) phases.push(await pointOf(run, point + phases.length));
  return sliceTask(protocolTemplate(phases), first, count);
}

/**
 * The results of all tasks of a finished point, in order; of a phase, of those that go through its experiment. Throws InvalidInputError
 * if one is missing or damaged.
 */
export async function resultsOf(run: RunDirectory, point: number): Promise<PhaseResult[]> {
  const results: PhaseResult[] = [];
  for await (const result of eachResultOf(run, point)) results.push(result);
  return results;
}

/** The same one by one: those with trajectories need not be in memory together. */
export async function* eachResultOf(run: RunDirectory, point: number): AsyncGenerator<PhaseResult> {
  const { phase } = await pointOf(run, point);
  const first = firstPhase(point, phase ? { phase } : {});
  for (let task = run.firstTasks[first]; task < run.firstTasks[first + 1]; task++) {
    const [own] = resultsOfPhase([(await run.records.read(task)) as TaskResult], phase?.index ?? 0);
    if (own === null)
      throw new InvalidInputError(`${run.path}: the record of task ${task} lacks a phase of the experiment`);
    yield own;
  }
}
