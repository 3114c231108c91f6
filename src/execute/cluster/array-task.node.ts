import { InvalidInputError } from '#core';
import type { RunDirectory } from '#store';
import { runLocally } from '../process-pool/pool.node.js';
import { unfinishedTasks } from '../create-run.node.js';
import { schedulerOf } from './cluster.node.js';
import { readSubmission, tasksOf } from './submissions.node.js';

/** Why an element is to stop: its time is nearly over, or it is taken away. */
export type Warning = 'time' | 'end';

/**
 * What one element of a submission does: its tasks that have no record yet. Warned of the time limit it keeps the state of
 * its tasks and is queued again; told to end it keeps the state. Returns what became of it. Takes no lock: the elements of
 * a run share out its tasks. Throws InvalidInputError when there is no such element.
 */
export async function runArrayTask(
  run: RunDirectory,
  number: number,
  element: number,
  signal: AbortSignal,
): Promise<'done' | 'queued again' | 'stopped'> {
  const { site, elements } = await readSubmission(run, number);
  if (!(element in elements)) {
    throw new InvalidInputError(
      `${run.path}: submission ${number} has no element ${element}, expected 0 to ${elements.length - 1}; ` +
        'does the job script count from firstElement?',
    );
  }
  const unfinished = new Set(await unfinishedTasks(run));
  const tasks = tasksOf(elements[element]).filter((task) => unfinished.has(task));
  const complete = await runLocally(run, tasks, { workers: site.cpus, signal });
  if (complete) return 'done';
  return signal.reason === ('time' satisfies Warning) && (await schedulerOf(site).requeue())
    ? 'queued again'
    : 'stopped';
}
