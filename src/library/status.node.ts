import type { RunDirectory } from '#store';

/** How far a run has come, by its files. */
export interface RunStatus {
  readonly name: string;
  readonly tasks: { readonly total: number; readonly finished: number; readonly halfDone: number };
  readonly points: { readonly total: number; readonly finished: number };
  readonly steps: { readonly total: number; readonly finished: number };
}

/** By the records alone: what a cluster has queued is not asked. */
export async function statusOf(run: RunDirectory): Promise<RunStatus> {
  const { name, points, tasks } = run.manifest;
  const { steps, replicas, taskReplicas } = run.index;
  const done = await run.records.finished();
  let [finishedTasks, finishedPoints, finishedSteps, totalSteps] = [0, 0, 0, 0];
  for (let point = 0; point < points; point++) {
    const [first, end] = [run.firstTasks[point], run.firstTasks[point + 1]];
    let left = end - first;
    for (let task = first; task < end; task++) {
      if (!done[task]) continue;
      left--;
      finishedTasks++;
      finishedSteps +=
        steps[point] * Math.min(taskReplicas[point], replicas[point] - (task - first) * taskReplicas[point]);
    }
    if (left === 0) finishedPoints++;
    totalSteps += steps[point] * replicas[point];
  }
  const halfDone = (await run.checkpoints.tasks()).filter((task) => !done[task]).length;
  return {
    name,
    tasks: { total: tasks, finished: finishedTasks, halfDone },
    points: { total: points, finished: finishedPoints },
    steps: { total: totalSteps, finished: finishedSteps },
  };
}
