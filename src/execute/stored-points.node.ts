import { sliceTask, type PointSnapshot, type Task, type TaskResult } from '#experiment';
import type { RunDirectory } from '#store';

/** The point of a number, as the run directory stores it. */
export async function pointOf(run: RunDirectory, point: number): Promise<PointSnapshot> {
  return (await run.point(point)) as PointSnapshot;
}

/** The task of a number: a slice of its point. */
export async function taskOf(run: RunDirectory, task: number): Promise<Task> {
  const { point, first, count } = run.place(task);
  return sliceTask(await pointOf(run, point), first, count);
}

/** The results of all tasks of a finished point, in order. Throws InvalidInputError if one is missing or damaged. */
export async function resultsOf(run: RunDirectory, point: number): Promise<TaskResult[]> {
  const results: TaskResult[] = [];
  for (let task = run.firstTasks[point]; task < run.firstTasks[point + 1]; task++) {
    results.push((await run.records.read(task)) as TaskResult);
  }
  return results;
}
