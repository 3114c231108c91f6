import { InvalidInputError } from '#core';
import { join } from 'node:path';
import { outputOf } from './command.node.js';
import type { Scheduler } from './scheduler.node.js';
import type { Submission } from './submissions.node.js';

/** Any batch system, by the commands of a site profile: LSF, PBS, a script of one's own. */
export const template: Scheduler = {
  mostElements: () => Promise.resolve(1_000_000),

  header: () => [],

  element({ site: { elementVariable, firstElement, submit } }) {
    // Submitted one by one, an element is told its number as the argument of the script.
    return submit?.includes('{element}')
      ? 'MEANDER_ELEMENT=$1'
      : `MEANDER_ELEMENT=$((\${${elementVariable ?? ''}} - ${firstElement}))`;
  },

  async submit(submission, script, directory) {
    const { submit = '', jobPattern, firstElement } = submission.site;
    const once = !submit.includes('{element}');
    const numbers = once ? [0] : submission.elements.map((_, element) => element);
    const jobs: string[] = [];
    for (const element of numbers) {
      const values = { ...placeholders(submission, script, directory), element: String(element + firstElement) };
      const answer = await shell(filled(submit, values), directory);
      const job = new RegExp(jobPattern).exec(answer)?.[1];
      if (job === undefined) {
        throw new InvalidInputError(
          `the answer of submit, ${JSON.stringify(answer.trim())}, does not match jobPattern ${jobPattern}`,
        );
      }
      jobs.push(job);
    }
    return jobs;
  },

  async active(submissions) {
    const list = submissions.at(-1)?.site.list;
    if (list === undefined) return null;
    const ids = (await shell(list)).split(/\s+/).filter((id) => id !== '');
    return new Map(submissions.map((submission) => [submission.number, activeElements(submission, ids)]));
  },

  async cancel(submissions) {
    for (const { site, jobs } of submissions) {
      if (site.cancel === undefined) throw new InvalidInputError('the site profile has no cancel command');
      for (const job of jobs ?? []) await shell(filled(site.cancel, { job }));
    }
  },

  requeue: () => Promise.resolve(false),
};

/** Ids are those of jobs, or of elements as JOB_K, JOB[K] or JOB.K. */
function activeElements({ jobs, elements, site }: Submission, ids: readonly string[]): Set<number> {
  const found = new Set<number>();
  for (const id of ids) {
    const parts = /^(.*?)(?:[_.[](\d+)\]?)?$/.exec(id);
    const [job, element] = [parts?.[1] ?? id, parts?.[2]];
    const place = jobs?.indexOf(job) ?? -1;
    if (place < 0) continue;
    if (site.submit?.includes('{element}')) found.add(place);
    else if (element !== undefined) found.add(Number(element) - site.firstElement);
    else elements.forEach((_, k) => found.add(k));
  }
  return found;
}

function placeholders({ name, elements, site }: Submission, script: string, directory: string): Record<string, string> {
  const { firstElement, arrayLimit, cpus, partition = '', time = '', memory = '' } = site;
  return {
    script,
    name,
    first: String(firstElement),
    last: String(elements.length - 1 + firstElement),
    limit: String(arrayLimit ?? elements.length),
    log: join(directory, 'logs'),
    cpus: String(cpus),
    partition,
    time,
    memory,
  };
}

function filled(command: string, values: Readonly<Record<string, string>>): string {
  return command.replace(/\{(\w+)\}/g, (_, key: string) => {
    if (key in values) return values[key];
    throw new InvalidInputError(`found {${key}} in a command, expected one of {${Object.keys(values).join('}, {')}}`);
  });
}

const shell = (command: string, cwd?: string): Promise<string> => outputOf('sh', ['-c', command], cwd);
