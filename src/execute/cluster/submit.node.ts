import { shellWord } from '#core';
import { writeAtomically, type RunDirectory } from '#store';
import { chmod } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Environment } from './command.node.js';
import { allowedSha256 } from '../rule-file/stored.node.js';
import { packTasks, type Work } from './packing.js';
import type { Scheduler } from './scheduler.node.js';
import { schedulerOf } from './schedulers.node.js';
import type { Site } from './site-schema.js';
import { newSubmission, saveSubmission, scriptOf, submissionsOf, type Submission } from './submissions.node.js';

const main = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));

/**
 * Submits tasks as job arrays as large as the batch system allows. Each submission is stored before it is made, so that
 * none is ever unknown. Throws InvalidInputError with the message of the batch system when it rejects one.
 */
export async function submitTasks(
  run: RunDirectory,
  tasks: readonly number[],
  site: Site,
  env: Environment,
): Promise<Submission[]> {
  const scheduler = schedulerOf(site, env);
  const number = ((await submissionsOf(run)).at(-1)?.number ?? 0) + 1;
  const submitted: Submission[] = [];
  const ruleSha256 = allowedSha256(run);
  const work = tasks.map((task) => ({ task, steps: run.stepsOf(task) }));
  for (const submission of await jobArrays(work, site, env, number)) {
    const script = scriptOf(run, submission);
    await saveSubmission(run, submission, env);
    await writeAtomically(script, scriptText(run.path, submission, scheduler, ruleSha256));
    await chmod(script, 0o755);
    let saved = submission;
    await scheduler.submit(submission, resolve(script), resolve(run.path), async (jobs) => {
      saved = { ...submission, jobs: [...jobs] };
      await saveSubmission(run, saved, env);
    });
    submitted.push(saved);
  }
  return submitted;
}

/** The job arrays of tasks. `name` becomes part of the names of the jobs; it is a new one each time unless given. */
async function jobArrays(
  work: readonly Work[],
  site: Site,
  env: Environment,
  number = 1,
  name?: string,
): Promise<Submission[]> {
  const size = await schedulerOf(site, env).maxArraySize();
  const arrayTasks = packTasks(work, site);
  const arrays: Submission[] = [];
  for (let first = 0; first < arrayTasks.length; first += size) {
    arrays.push(newSubmission(number + arrays.length, arrayTasks.slice(first, first + size), site, name));
  }
  return arrays;
}

/**
 * The job scripts of tasks with these numbers of replica-steps, and the commands that would submit them, for people to
 * read.
 */
export async function dryRun(path: string, steps: readonly number[], site: Site, env: Environment): Promise<string> {
  const work = steps.map((of, task) => ({ task, steps: of }));
  const arrays = await jobArrays(work, site, env, 1, 'dry-run');
  const scheduler = schedulerOf(site, env);
  return arrays
    .map((array, k) => {
      const script = join(resolve(path), 'submissions', `${String(array.number).padStart(3, '0')}.sh`);
      const [first, ...others] = scheduler.commands(array, script, resolve(path));
      const more = others.length > 0 ? ` (and ${others.length} more, one for each array task)` : '';
      const note = `# ${k + 1} of ${arrays.length}, submitted by: ${first}${more}\n`;
      return scriptText(path, array, scheduler).replace('\n', `\n${note}`);
    })
    .join('\n');
}

/** The job script of a submission, which the user makes: it names the code of a rule file that its array tasks run, by its SHA-256. */
function scriptText(
  path: string,
  submission: Submission,
  scheduler: Scheduler,
  ruleSha256: string | null = null,
): string {
  const directory = resolve(path);
  return [
    '#!/bin/sh',
    ...scheduler.header(submission, directory),
    // Until the program handles the signal, a warning must not end it.
    `trap '' USR2`,
    ...submission.site.setup,
    scheduler.arrayTaskIndex(submission),
    `exec ${shellWord(process.execPath)} ${shellWord(main)} work ${shellWord(directory)} --submission ${submission.number} --array-task $MEANDER_ARRAY_TASK${ruleSha256 === null ? '' : ` --rule ${ruleSha256}`}`,
    '',
  ].join('\n');
}
