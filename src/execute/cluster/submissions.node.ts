import { InvalidInputError } from '#core';
import { readPlainFile, writeAtomically, type RunDirectory } from '#store';
import { randomUUID } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Environment } from './command.node.js';
import type { Ranges } from './packing.js';
import { isSigned, sign } from '../signature.node.js';
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
  /** By which the user who submitted it is known: commands of a stored site are run for nobody else. */
  readonly signature?: string | undefined;
}

const submissionSchema = z.object({
  number: z.int().min(1),
  name: z.string().regex(/^meander-[\w-]+$/),
  jobs: z.array(z.string()).nullable(),
  site: z.unknown(),
  arrayTasks: z.array(z.array(z.tuple([z.int().min(0), z.int().min(0)]))).min(1),
  signature: z.string().optional(),
});

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

/** What a user signs: the commands, for this run. */
const signedText = (run: RunDirectory, { site }: Submission): string => JSON.stringify([run.manifest.id, site]);

export async function saveSubmission(run: RunDirectory, submission: Submission, env: Environment): Promise<void> {
  const signature = await sign(signedText(run, submission), env);
  await mkdir(directoryOf(run), { recursive: true });
  await writeAtomically(fileOf(run, submission.number, 'json'), `${JSON.stringify({ ...submission, signature })}\n`);
}

/**
 * Throws InvalidInputError unless this user stored the submissions: a run directory of somebody else may hold any command.
 */
export async function assertOwn(
  run: RunDirectory,
  submissions: readonly Submission[],
  env: Environment,
): Promise<void> {
  for (const submission of submissions) {
    if (await isSigned(signedText(run, submission), submission.signature, env)) continue;
    throw new InvalidInputError(
      `${fileOf(run, submission.number, 'json')}: was not stored by this user, so its commands are not run; ` +
        'give --profile FILE, a site profile that you trust',
    );
  }
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
    const result = submissionSchema.safeParse(JSON.parse((await readPlainFile(path)).toString()));
    if (result.success) return { ...result.data, site: siteOf(path, result.data.site) };
    const [{ path: key, message }] = result.error.issues;
    throw new InvalidInputError(`${path}: is damaged: ${key.join('.') || 'content'}: ${message}`);
  } catch (error) {
    if (error instanceof InvalidInputError) throw error;
    throw new InvalidInputError(`${path}: cannot be read: ${(error as Error).message}`);
  }
}
