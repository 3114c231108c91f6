import { InvalidInputError } from '#core';
import type { RunDirectory } from '#store';
import { runLocally, unfinishedTasks } from '../run-tasks.node.js';
import type { Environment } from './command.node.js';
import { tasksOf } from './packing.js';
import { schedulerOf } from './schedulers.node.js';
import { readSubmission } from './submissions.node.js';

/** Why an array task has to stop: its time limit is near, or it is being cancelled. */
export type Warning = 'time' | 'end';

/**
 * Runs one array task of a submission: those of its tasks that have no record yet. When the time limit is near, it
 * saves the state of its tasks and is queued again; when it is cancelled, it saves the state. Takes no lock: the array
 * tasks of a run have different tasks. Throws InvalidInputError when there is no such array task.
 */
export async function runArrayTask(
  run: RunDirectory,
  submission: number,
  arrayTask: number,
  signal: AbortSignal,
  env: Environment,
): Promise<'done' | 'queued again' | 'stopped'> {
  const { site, arrayTasks } = await readSubmission(run, submission);
  if (!(arrayTask in arrayTasks)) {
    throw new InvalidInputError(
      `${run.path}: submission ${submission} has no array task ${arrayTask}, expected 0 to ${arrayTasks.length - 1}; ` +
        'does the job script count from firstArrayTask?',
    );
  }
  const unfinished = new Set(await unfinishedTasks(run));
  const tasks = tasksOf(arrayTasks[arrayTask]).filter((task) => unfinished.has(task));
  const complete = await runLocally(run, tasks, { workers: site.cpus, signal });
  if (complete) return 'done';
  return signal.reason === ('time' satisfies Warning) && (await schedulerOf(site, env).requeue())
    ? 'queued again'
    : 'stopped';
}
