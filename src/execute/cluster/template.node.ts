import { InvalidInputError, shellWord } from '#core';
import { join } from 'node:path';
import { outputOf, type Environment } from './command.node.js';
import { fillPlaceholders } from './placeholders.js';
import type { Scheduler } from './scheduler.node.js';
import type { Site } from './site-schema.js';
import type { Submission } from './submissions.node.js';

/** Any batch system, by the commands of a site profile: LSF, PBS, scripts of a site. */
export const template = (env: Environment): Scheduler => ({
  maxArraySize: () => Promise.resolve(1_000_000),

  header: () => [],

  arrayTaskIndex({ site: { arrayTaskVariable, firstArrayTask, submit } }) {
    // An array task that is submitted by itself gets its index as the argument of the script.
    return submit?.includes('{arrayTask}')
      ? `MEANDER_ARRAY_TASK=$((\${1:?} - ${firstArrayTask}))`
      : `MEANDER_ARRAY_TASK=$((\${${arrayTaskVariable ?? ''}:?} - ${firstArrayTask}))`;
  },

  commands: (submission, script, directory) => submitCommands(submission, script, directory),

  async submit(submission, script, directory, saveJobs) {
    const { jobPattern } = submission.site;
    const jobs: string[] = [];
    for (const command of submitCommands(submission, script, directory)) {
      const answer = await shell(env, command, directory).catch(async (error: unknown) => {
        // The jobs submitted before the one that was rejected stay known.
        await saveJobs(jobs);
        throw error;
      });
      const job = new RegExp(jobPattern).exec(answer)?.[1];
      if (job === undefined) {
        throw new InvalidInputError(
          `the answer of submit, ${JSON.stringify(answer.trim())}, does not match jobPattern ${jobPattern}`,
        );
      }
      jobs.push(job);
      await saveJobs(jobs);
    }
  },

  async active(submissions, directory) {
    const found = new Map<number, Set<number>>();
    const answers = new Map<string, string[]>();
    for (const submission of submissions) {
      const { list } = submission.site;
      if (list === undefined || submission.jobs === null) return null;
      const ids = answers.get(list) ?? (await shell(env, list, directory)).split(/\s+/).filter((id) => id !== '');
      answers.set(list, ids);
      found.set(submission.number, activeArrayTasks(submission, ids));
    }
    return found;
  },

  async cancel(submissions, directory) {
    const failures: string[] = [];
    for (const { site, jobs, number } of submissions) {
      if (site.cancel === undefined) failures.push('the site profile has no cancel command');
      if (jobs === null) failures.push(`the jobs of submission ${number} are not known`);
      for (const job of site.cancel === undefined ? [] : (jobs ?? [])) {
        // A job that has ended cannot be cancelled; the others must be.
        const command = fillPlaceholders(site.cancel ?? '', { job: shellWord(job) });
        await shell(env, command, directory).catch((error: unknown) => {
          failures.push((error as Error).message);
        });
      }
    }
    if (failures.length > 0) throw new InvalidInputError([...new Set(failures)].join('; '));
  },

  requeue: () => Promise.resolve(false),
});

function submitCommands(submission: Submission, script: string, directory: string): string[] {
  const { submit = '', firstArrayTask } = submission.site;
  const indices = submit.includes('{arrayTask}') ? [...submission.arrayTasks.keys()] : [0];
  const values = placeholders(submission, script, directory);
  return indices.map((index) => fillPlaceholders(submit, { ...values, arrayTask: String(index + firstArrayTask) }));
}

/** Active array tasks from ids of jobs, or of array tasks as JOB_K, JOB[K] or JOB.K. */
function activeArrayTasks({ jobs, arrayTasks, site }: Submission, ids: readonly string[]): Set<number> {
  const found = new Set<number>();
  for (const id of ids) {
    const parts = /^(.*?)(?:[_.[](\d+)\]?)?$/.exec(id);
    const [job, index] = [parts?.[1] ?? id, parts?.[2]];
    const place = jobs?.indexOf(job) ?? -1;
    if (place < 0) continue;
    if (site.submit?.includes('{arrayTask}')) found.add(place);
    else if (index !== undefined) found.add(Number(index) - site.firstArrayTask);
    else for (const k of arrayTasks.keys()) found.add(k);
  }
  return found;
}

function placeholders(
  { name, arrayTasks, site }: Submission,
  script: string,
  directory: string,
): Record<string, string> {
  const { firstArrayTask, arrayLimit, cpus, partition = '', time = '', memory = '' }: Site = site;
  const values = {
    script,
    name,
    first: String(firstArrayTask),
    last: String(arrayTasks.length - 1 + firstArrayTask),
    limit: String(arrayLimit ?? arrayTasks.length),
    log: join(directory, 'logs'),
    cpus: String(cpus),
    partition,
    time,
    memory,
  };
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, shellWord(value)]));
}

const shell = (env: Environment, command: string, cwd: string): Promise<string> =>
  outputOf('sh', ['-c', command], { cwd, env });
