import { InvalidInputError } from '#core';
import { writeAtomically, type RunDirectory } from '#store';
import { chmod } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unfinishedTasks } from '../create-run.node.js';
import { shellWord } from './command.node.js';
import type { Scheduler } from './scheduler.node.js';
import type { Site } from './site.js';
import { slurm } from './slurm.node.js';
import {
  keepSubmission,
  packed,
  scriptOf,
  submissionOf,
  submissionsOf,
  tasksOf,
  type Submission,
  type Work,
} from './submissions.node.js';
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
  /** False where a batch system cannot be asked; then its unfinished tasks count as lost. */
  readonly known: boolean;
}

/** From result files first, and one question to each batch system that something unfinished was handed to. */
export async function clusterState(run: RunDirectory, submissions: readonly Submission[]): Promise<ClusterState> {
  const unfinished = new Set(await unfinishedTasks(run));
  const open = submissions.filter(({ elements }) =>
    elements.some((ranges) => tasksOf(ranges).some((task) => unfinished.has(task))),
  );
  let [active, underWay, known] = [0, 0, true];
  for (const [scheduler, own] of byScheduler(open)) {
    const found = await scheduler.active(own, resolve(run.path));
    if (found === null) known = false;
    for (const { number, elements } of own) {
      for (const element of found?.get(number) ?? []) {
        active++;
        for (const task of tasksOf(elements[element] ?? [])) if (unfinished.delete(task)) underWay++;
      }
    }
  }
  return { active, underWay, lost: [...unfinished], known };
}

function byScheduler(submissions: readonly Submission[]): Map<Scheduler, Submission[]> {
  const groups = new Map<Scheduler, Submission[]>();
  for (const submission of submissions) {
    const scheduler = schedulerOf(submission.site);
    groups.set(scheduler, [...(groups.get(scheduler) ?? []), submission]);
  }
  return groups;
}

/**
 * Submits tasks as arrays as large as the batch system takes. A submission is written down before it is made, so that none
 * is ever unknown. Throws InvalidInputError with the words of the batch system when it refuses.
 */
export async function submitTasks(run: RunDirectory, tasks: readonly number[], site: Site): Promise<Submission[]> {
  const scheduler = schedulerOf(site);
  const number = ((await submissionsOf(run)).at(-1)?.number ?? 0) + 1;
  const made: Submission[] = [];
  const work = tasks.map((task) => ({ task, steps: run.stepsOf(task) }));
  for (const piece of await arraysOf(work, site, number)) {
    const script = scriptOf(run, piece);
    await keepSubmission(run, piece);
    await writeAtomically(script, scriptText(run.path, piece));
    await chmod(script, 0o755);
    let done = piece;
    await scheduler.submit(piece, resolve(script), resolve(run.path), async (jobs) => {
      done = { ...piece, jobs: [...jobs] };
      await keepSubmission(run, done);
    });
    made.push(done);
  }
  return made;
}

/** The arrays that tasks would be submitted as. `name` goes into the names of the jobs; one of its own each time unless given. */
async function arraysOf(work: readonly Work[], site: Site, number = 1, name?: string): Promise<Submission[]> {
  const most = await schedulerOf(site).mostElements();
  const elements = packed(work, site);
  const arrays: Submission[] = [];
  for (let first = 0; first < elements.length; first += most) {
    arrays.push(submissionOf(number + arrays.length, elements.slice(first, first + most), site, name));
  }
  return arrays;
}

/** The scripts and commands that would hand over tasks of so many replica-steps, for people to read. */
export async function dryRun(path: string, steps: readonly number[], site: Site): Promise<string> {
  const work = steps.map((of, task) => ({ task, steps: of }));
  const arrays = await arraysOf(work, site, 1, 'dry-run');
  const scheduler = schedulerOf(site);
  return arrays
    .map((array, k) => {
      const script = join(resolve(path), 'submissions', `${String(array.number).padStart(3, '0')}.sh`);
      const [first, ...others] = scheduler.commands(array, script, resolve(path));
      const more = others.length > 0 ? ` (and ${others.length} more, one for each element)` : '';
      const note = `# ${k + 1} of ${arrays.length}, submitted by: ${first}${more}\n`;
      return scriptText(path, array).replace('\n', `\n${note}`);
    })
    .join('\n');
}

/** The job script of a submission. */
function scriptText(path: string, submission: Submission): string {
  const scheduler = schedulerOf(submission.site);
  const directory = resolve(path);
  return [
    '#!/bin/sh',
    ...scheduler.header(submission, directory),
    // Until the program listens, a warning must not end it.
    `trap '' USR2`,
    ...submission.site.setup,
    scheduler.element(submission),
    `exec ${shellWord(process.execPath)} ${shellWord(main)} work ${shellWord(directory)} --submission ${submission.number} --element $MEANDER_ELEMENT`,
    '',
  ].join('\n');
}

/** Takes back whatever of a run still waits or runs. Throws InvalidInputError when that fails for some of it. */
export async function cancelJobs(run: RunDirectory, submissions: readonly Submission[]): Promise<void> {
  if (submissions.length === 0) throw new InvalidInputError('nothing was submitted from this directory');
  const failures: string[] = [];
  for (const [scheduler, own] of byScheduler(submissions)) {
    await scheduler.cancel(own, resolve(run.path)).catch((error: unknown) => {
      if (!(error instanceof InvalidInputError)) throw error;
      failures.push(error.message);
    });
  }
  if (failures.length > 0) throw new InvalidInputError(failures.join('; '));
}
