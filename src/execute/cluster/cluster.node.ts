import { InvalidInputError } from '#core';
import { writeAtomically, type RunDirectory } from '#store';
import { chmod } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unfinishedTasks } from '../run.node.js';
import type { Scheduler } from './scheduler.node.js';
import type { Site } from './site.js';
import { slurm } from './slurm.node.js';
import { keepSubmission, packed, scriptOf, submissionsOf, tasksOf, type Submission } from './submissions.node.js';
import { template } from './template.node.js';

const main = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));

/** The batch system of a site. */
export const schedulerOf = ({ executor }: Site): Scheduler => (executor === 'slurm' ? slurm : template);

/** What the cluster does for a run: elements that wait or run, and tasks that nobody does. */
export interface ClusterState {
  readonly active: number;
  /** Unfinished tasks of elements that wait or run. */
  readonly underWay: number;
  /** Unfinished tasks of no such element, ascending. */
  readonly lost: readonly number[];
  /** False where the batch system cannot be asked; then every unfinished task counts as lost. */
  readonly known: boolean;
}

/** From result files first, and one question to the batch system. */
export async function clusterState(run: RunDirectory, submissions: readonly Submission[]): Promise<ClusterState> {
  const unfinished = new Set(await unfinishedTasks(run));
  const last = submissions.at(-1);
  if (!last || unfinished.size === 0) return { active: 0, underWay: 0, lost: [...unfinished], known: true };
  const found = await schedulerOf(last.site).active(submissions);
  let [active, underWay] = [0, 0];
  for (const submission of submissions) {
    for (const element of found?.get(submission.number) ?? []) {
      active++;
      for (const task of tasksOf(submission.elements[element] ?? [])) if (unfinished.delete(task)) underWay++;
    }
  }
  return { active, underWay, lost: [...unfinished], known: found !== null };
}

/**
 * Submits tasks as arrays as large as the batch system takes. A submission is written down before it is made, so that no
 * job is ever unknown. Throws InvalidInputError with the words of the batch system when it refuses.
 */
export async function submitTasks(run: RunDirectory, tasks: readonly number[], site: Site): Promise<Submission[]> {
  const scheduler = schedulerOf(site);
  let number = ((await submissionsOf(run)).at(-1)?.number ?? 0) + 1;
  const made: Submission[] = [];
  for (const piece of await arraysOf(tasks, site, number)) {
    const script = scriptOf(run, piece);
    await keepSubmission(run, piece);
    await writeAtomically(script, scriptText(run.path, piece));
    await chmod(script, 0o755);
    const directory = resolve(run.path);
    const done = { ...piece, jobs: await scheduler.submit(piece, resolve(script), directory) };
    await keepSubmission(run, done);
    made.push(done);
    number++;
  }
  return made;
}

/** The arrays that tasks would be submitted as. */
export async function arraysOf(tasks: readonly number[], site: Site, number = 1): Promise<Submission[]> {
  const most = await schedulerOf(site).mostElements();
  const each = Math.ceil(tasks.length / site.elements);
  const arrays: Submission[] = [];
  for (let first = 0; first < tasks.length; first += each * most) {
    const part = tasks.slice(first, first + each * most);
    arrays.push(packed(number + arrays.length, part, Math.ceil(part.length / each), site));
  }
  return arrays;
}

/** The job script of a submission. */
export function scriptText(path: string, submission: Submission): string {
  const scheduler = schedulerOf(submission.site);
  const directory = resolve(path);
  return [
    '#!/bin/sh',
    ...scheduler.header(submission, directory),
    // Until the program listens, a warning must not end it.
    `trap '' USR2`,
    ...submission.site.setup,
    scheduler.element(submission),
    `exec ${quoted(process.execPath)} ${quoted(main)} work ${quoted(directory)} --submission ${submission.number} --element $MEANDER_ELEMENT`,
    '',
  ].join('\n');
}

/** Takes back whatever of a run still waits or runs. */
export async function cancelJobs(submissions: readonly Submission[]): Promise<void> {
  const last = submissions.at(-1);
  if (!last) throw new InvalidInputError('nothing was submitted from this directory');
  await schedulerOf(last.site).cancel(submissions);
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
