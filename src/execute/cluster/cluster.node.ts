import { InvalidInputError } from '#core';
import type { RunDirectory } from '#store';
import { resolve } from 'node:path';
import { unfinishedTasks } from '../run-tasks.node.js';
import type { Environment } from './command.node.js';
import { tasksOf } from './packing.js';
import { byScheduler } from './schedulers.node.js';
import type { Site } from './site-schema.js';
import { assertOwn, type Submission } from './submissions.node.js';

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
 * that a task which finishes in between does not count as lost. Throws InvalidInputError where that takes commands from the
 * directory that another user may have stored there, and no `profile` gives others.
 */
export async function clusterState(
  run: RunDirectory,
  submissions: readonly Submission[],
  env: Environment,
  profile: Site | null = null,
): Promise<ClusterState> {
  const before = new Set(await unfinishedTasks(run));
  const open = submissions.filter(({ arrayTasks }) =>
    arrayTasks.some((ranges) => tasksOf(ranges).some((task) => before.has(task))),
  );
  const answers = await Promise.all(
    byScheduler(await withTrustedCommands(run, open, env, profile), env).map(async ([scheduler, own]) => ({
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

/** Submissions with the commands of `profile`, if there is one, or those that this user stored. */
async function withTrustedCommands(
  run: RunDirectory,
  submissions: readonly Submission[],
  env: Environment,
  profile: Site | null,
): Promise<readonly Submission[]> {
  // The commands of SLURM are our own.
  const stored = submissions.filter(({ site }) => site.executor === 'template');
  if (profile === null) {
    await assertOwn(run, stored, env);
    return submissions;
  }
  const { list, cancel } = profile;
  return submissions.map((submission) => ({ ...submission, site: { ...submission.site, list, cancel } }));
}

/** Cancels all active jobs of a run, with commands as for `clusterState`. Throws InvalidInputError when that fails. */
export async function cancelJobs(
  run: RunDirectory,
  submissions: readonly Submission[],
  env: Environment,
  profile: Site | null = null,
): Promise<void> {
  if (submissions.length === 0) throw new InvalidInputError('nothing was submitted from this directory');
  const failures: string[] = [];
  for (const [scheduler, own] of byScheduler(await withTrustedCommands(run, submissions, env, profile), env)) {
    await scheduler.cancel(own, resolve(run.path)).catch((error: unknown) => {
      if (!(error instanceof InvalidInputError)) throw error;
      failures.push(error.message);
    });
  }
  if (failures.length > 0) throw new InvalidInputError(failures.join('; '));
}
