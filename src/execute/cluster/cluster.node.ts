import { InvalidInputError } from '#core';
import type { RunDirectory } from '#store';
import { resolve } from 'node:path';
import { unfinishedTasks } from '../run-tasks.node.js';
import type { Environment } from './command.node.js';
import { tasksOf } from './packing.js';
import { byScheduler } from './schedulers.node.js';
import type { Submission } from './submissions.node.js';

/** What a cluster is doing for a run. An array task is active while it is queued or running. */
export interface ClusterState {
  /** Number of active array tasks. */
  readonly active: number;
  /** Number of unfinished tasks of active array tasks. */
  readonly underWay: number;
  /** Unfinished tasks that belong to no active array task, ascending. */
  readonly lost: readonly number[];
  /** False if a batch system cannot be asked; all its unfinished tasks count as lost then. */
  readonly known: boolean;
}

/**
 * Asks each batch system once, if it was given tasks that have no record yet. The records are read after the answers, so
 * that a task which finishes in between does not count as lost.
 */
export async function clusterState(
  run: RunDirectory,
  submissions: readonly Submission[],
  env: Environment,
): Promise<ClusterState> {
  const before = new Set(await unfinishedTasks(run));
  const open = submissions.filter(({ arrayTasks }) =>
    arrayTasks.some((ranges) => tasksOf(ranges).some((task) => before.has(task))),
  );
  const answers = await Promise.all(
    [...byScheduler(open, env)].map(async ([scheduler, own]) => ({
      own,
      activeArrayTasks: await scheduler.active(own, resolve(run.path)),
    })),
  );
  const unfinished = new Set(await unfinishedTasks(run));
  let [active, underWay, known] = [0, 0, true];
  for (const { own, activeArrayTasks } of answers) {
    if (activeArrayTasks === null) known = false;
    for (const { number, arrayTasks } of own) {
      for (const arrayTask of activeArrayTasks?.get(number) ?? []) {
        active++;
        for (const task of tasksOf(arrayTasks[arrayTask] ?? [])) if (unfinished.delete(task)) underWay++;
      }
    }
  }
  return { active, underWay, lost: [...unfinished], known };
}

/** Cancels all active jobs of a run. Throws InvalidInputError when that fails for any of them. */
export async function cancelJobs(
  run: RunDirectory,
  submissions: readonly Submission[],
  env: Environment,
): Promise<void> {
  if (submissions.length === 0) throw new InvalidInputError('nothing was submitted from this directory');
  const failures: string[] = [];
  for (const [scheduler, own] of byScheduler(submissions, env)) {
    await scheduler.cancel(own, resolve(run.path)).catch((error: unknown) => {
      if (!(error instanceof InvalidInputError)) throw error;
      failures.push(error.message);
    });
  }
  if (failures.length > 0) throw new InvalidInputError(failures.join('; '));
}
