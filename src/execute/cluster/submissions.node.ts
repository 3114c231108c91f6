import { InvalidInputError } from '#core';
import { writeAtomically, type RunDirectory } from '#store';
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ranges } from './packing.js';
import { siteOf } from './site.js';
import type { Site } from './site-schema.js';

/** One job array, as stored in submissions/NNN.json. */
export interface Submission {
  readonly number: number;
  /** Name of the jobs, by which the scheduler finds them. */
  readonly name: string;
  /**
   * Ids that the scheduler gave the jobs, several where array tasks are submitted one by one; null if the process that
   * submitted them ended before it could store the ids.
   */
  readonly jobs: readonly string[] | null;
  readonly site: Site;
  /** The tasks of each array task. */
  readonly arrayTasks: readonly Ranges[];
}

const directoryOf = (run: RunDirectory): string => join(run.path, 'submissions');
const fileOf = (run: RunDirectory, number: number, suffix: string): string =>
  join(directoryOf(run), `${String(number).padStart(3, '0')}.${suffix}`);

export const scriptOf = (run: RunDirectory, { number }: Submission): string => fileOf(run, number, 'sh');

/** A new submission; its jobs have a name of their own unless one is given. */
export const newSubmission = (
  number: number,
  arrayTasks: readonly Ranges[],
  site: Site,
  name: string = randomUUID().slice(0, 8),
): Submission => ({ number, name: `meander-${name}-${number}`, jobs: null, site, arrayTasks });

export async function saveSubmission(run: RunDirectory, submission: Submission): Promise<void> {
  await mkdir(directoryOf(run), { recursive: true });
  await writeAtomically(fileOf(run, submission.number, 'json'), `${JSON.stringify(submission)}\n`);
}

/** All submissions of a run, the oldest first. Throws InvalidInputError when one cannot be read. */
export async function submissionsOf(run: RunDirectory): Promise<Submission[]> {
  let names: string[];
  try {
    names = await readdir(directoryOf(run));
  } catch {
    return [];
  }
  const found = names.filter((name) => /^\d{3,}\.json$/.test(name));
  const all = await Promise.all(found.map((name) => readSubmission(run, Number(name.slice(0, -5)))));
  return all.sort((a, b) => a.number - b.number);
}

export async function readSubmission(run: RunDirectory, number: number): Promise<Submission> {
  const path = fileOf(run, number, 'json');
  try {
    const submission = JSON.parse(await readFile(path, 'utf8')) as Submission;
    return { ...submission, site: siteOf(path, submission.site) };
  } catch (error) {
    if (error instanceof InvalidInputError) throw error;
    throw new InvalidInputError(`${path}: cannot be read: ${(error as Error).message}`);
  }
}
