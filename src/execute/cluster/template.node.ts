import { InvalidInputError } from '#core';
import { join } from 'node:path';
import { outputOf, shellWord } from './command.node.js';
import type { Scheduler } from './scheduler.node.js';
import { filled, type Site } from './site.js';
import type { Submission } from './submissions.node.js';

/** Any batch system, by the commands of a site profile: LSF, PBS, a script of one's own. */
export const template: Scheduler = {
  mostElements: () => Promise.resolve(1_000_000),

  header: () => [],

  element({ site: { elementVariable, firstElement, submit } }) {
    // Submitted one by one, an element is told its number as the argument of the script.
    return submit?.includes('{element}')
      ? `MEANDER_ELEMENT=$((\${1:?} - ${firstElement}))`
      : `MEANDER_ELEMENT=$((\${${elementVariable ?? ''}:?} - ${firstElement}))`;
  },

  commands: (submission, script, directory) => submitCommands(submission, script, directory),

  async submit(submission, script, directory, keep) {
    const { jobPattern } = submission.site;
    const jobs: string[] = [];
    for (const command of submitCommands(submission, script, directory)) {
      const answer = await shell(command, directory).catch(async (error: unknown) => {
        // What is refused was not submitted; what was submitted before stays known.
        await keep(jobs);
        throw error;
      });
      const job = new RegExp(jobPattern).exec(answer)?.[1];
      if (job === undefined) {
        throw new InvalidInputError(
          `the answer of submit, ${JSON.stringify(answer.trim())}, does not match jobPattern ${jobPattern}`,
        );
      }
      jobs.push(job);
      await keep(jobs);
    }
  },

  async active(submissions, directory) {
    const found = new Map<number, Set<number>>();
    const answers = new Map<string, string[]>();
    for (const submission of submissions) {
      const { list } = submission.site;
      if (list === undefined || submission.jobs === null) return null;
      const ids = answers.get(list) ?? (await shell(list, directory)).split(/\s+/).filter((id) => id !== '');
      answers.set(list, ids);
      found.set(submission.number, activeElements(submission, ids));
    }
    return found;
  },

  async cancel(submissions, directory) {
    const failures: string[] = [];
    for (const { site, jobs, number } of submissions) {
      if (site.cancel === undefined) failures.push('the site profile has no cancel command');
      if (jobs === null) failures.push(`what was submitted as number ${number} is not known`);
      for (const job of site.cancel === undefined ? [] : (jobs ?? [])) {
        // One that has ended cannot be taken back; the others must be.
        await shell(filled(site.cancel ?? '', { job: shellWord(job) }), directory).catch((error: unknown) => {
          failures.push((error as Error).message);
        });
      }
    }
    if (failures.length > 0) throw new InvalidInputError([...new Set(failures)].join('; '));
  },

  requeue: () => Promise.resolve(false),
};

function submitCommands(submission: Submission, script: string, directory: string): string[] {
  const { submit = '', firstElement } = submission.site;
  const numbers = submit.includes('{element}') ? submission.elements.map((_, element) => element) : [0];
  const values = placeholders(submission, script, directory);
  return numbers.map((element) => filled(submit, { ...values, element: String(element + firstElement) }));
}

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
  const { firstElement, arrayLimit, cpus, partition = '', time = '', memory = '' }: Site = site;
  const values = {
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
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, shellWord(value)]));
}

const shell = (command: string, cwd: string): Promise<string> => outputOf('sh', ['-c', command], { cwd });
