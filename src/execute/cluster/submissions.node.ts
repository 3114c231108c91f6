import { InvalidInputError } from '#core';
import { writeAtomically, type RunDirectory } from '#store';
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { siteOf, type Site } from './site.js';

/** Tasks as ranges [first, last], both included. */
export type Ranges = readonly (readonly [number, number])[];

/** One array of jobs, as kept in submissions/NNN.json. */
export interface Submission {
  readonly number: number;
  /** Name of the jobs, by which the scheduler is asked for them. */
  readonly name: string;
  /**
   * What the scheduler calls them, several where elements are submitted one by one; null where the process that submitted
   * them ended before it could write it down.
   */
  readonly jobs: readonly string[] | null;
  readonly site: Site;
  /** The tasks of each element. */
  readonly elements: readonly Ranges[];
}

const directoryOf = (run: RunDirectory): string => join(run.path, 'submissions');
const fileOf = (run: RunDirectory, number: number, suffix: string): string =>
  join(directoryOf(run), `${String(number).padStart(3, '0')}.${suffix}`);

export const scriptOf = (run: RunDirectory, { number }: Submission): string => fileOf(run, number, 'sh');

/** A task and how much it has to do, in replica-steps. */
export interface Work {
  readonly task: number;
  readonly steps: number;
}

/** Replica-steps of an element, unless the site says how many elements there are: half a minute of a core to some minutes. */
const ELEMENT_STEPS = 2e9;
const MAX_ELEMENTS = 1000;

/** Packs tasks into elements of neighbouring tasks with about as much to do each. */
export function packed(work: readonly Work[], { elements: most, cpus }: Site): Ranges[] {
  const total = work.reduce((sum, { steps }) => sum + steps, 0);
  const count = most ?? Math.min(MAX_ELEMENTS, Math.max(1, Math.round(total / (ELEMENT_STEPS * cpus))));
  const elements: number[][] = [];
  let [before, place] = [0, -1];
  for (const { task, steps } of work) {
    // By the middle of the task, so that one long task does not leave its element to others too.
    const wanted = Math.floor((count * (before + steps / 2)) / total);
    if (wanted > place) elements.push([]);
    place = wanted;
    elements[elements.length - 1].push(task);
    before += steps;
  }
  return elements.map(rangesOf);
}

/** A new submission, whose name no other one has unless it is given one. */
export const submissionOf = (
  number: number,
  elements: readonly Ranges[],
  site: Site,
  name: string = randomUUID().slice(0, 8),
): Submission => ({ number, name: `meander-${name}-${number}`, jobs: null, site, elements });

export async function keepSubmission(run: RunDirectory, submission: Submission): Promise<void> {
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

export function tasksOf(ranges: Ranges): number[] {
  return ranges.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => first + i));
}

function rangesOf(tasks: readonly number[]): Ranges {
  const ranges: [number, number][] = [];
  for (const task of tasks) {
    const range = ranges.at(-1);
    if (range?.[1] === task - 1) range[1] = task;
    else ranges.push([task, task]);
  }
  return ranges;
}
