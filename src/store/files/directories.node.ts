import { InvalidInputError } from '#core';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { TEMP_SUFFIX } from './atomic-write.node.js';
import { isLeftBehind } from './temp-directory.node.js';
import { writeError } from './write-error.node.js';

/** Throws InvalidInputError unless the path is free or an empty directory: nothing is overwritten. Creates nothing. */
export async function assertUnoccupied(path: string): Promise<void> {
  let entries: string[];
  try {
    entries = await readdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return;
    if (code === 'ENOTDIR') {
      throw new InvalidInputError(
        `${path}: is a file, or lies in one, expected the name of a new directory or of an empty one`,
      );
    }
    throw new InvalidInputError(`${path}: cannot be used as output directory: ${(error as Error).message}`);
  }
  if (entries.length === 0 || (await isAbandonedCreation(path, entries))) return;
  throw new InvalidInputError(`${path}: is not empty; nothing is overwritten, name a new output directory`);
}

/** What the creation of a run directory in an existing one moves there, the manifest last. */
const CREATED =
  /^(records|checkpoints|logs|figures|arrays|points\.bin|points\.index|checksums\.sha256|experiment\.(yaml|json))$/;
const UNFINISHED = /^\.run\..*\.part$/;

/** Whether a directory holds nothing but what a process left there that was killed while it made a run directory of it. */
async function isAbandonedCreation(path: string, entries: readonly string[]): Promise<boolean> {
  const unfinished = entries.filter((name) => UNFINISHED.test(name));
  if (unfinished.length === 0 || !entries.every((name) => UNFINISHED.test(name) || CREATED.test(name))) return false;
  const ended = await Promise.all(unfinished.map((name) => isLeftBehind(join(path, name))));
  return ended.every((hasEnded) => hasEnded);
}

/** Empties a directory in which the creation of a run directory was cut short. Throws as `assertUnoccupied`. */
export async function clearAbandonedCreation(path: string): Promise<void> {
  await assertUnoccupied(path);
  for (const name of await namesIn(path)) await rm(join(path, name), { recursive: true, force: true });
}

/** Creates an output directory. Throws InvalidInputError when it cannot, or when the directory holds anything. */
export async function createOutputDirectory(path: string): Promise<void> {
  await assertUnoccupied(path);
  await makeDirectory(path);
}

/** Creates a directory and its missing parents. Throws InvalidInputError when it cannot. */
export async function makeDirectory(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    throw writeError(path, error);
  }
}

/** Names in a directory; none if there is no such directory. */
export async function namesIn(path: string): Promise<string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Age from which a temporary lock file cannot belong to a process that still waits for the lock. */
const LOCK_WAIT_LIMIT_MS = 3_600_000;

/**
 * Removes what killed processes left unfinished in a directory: files, except those of processes that wait for its lock, and
 * directories, except those of processes that are still making them.
 */
export async function removeTempFilesIn(path: string): Promise<void> {
  for (const name of await namesIn(path)) {
    const file = join(path, name);
    if (!name.endsWith(TEMP_SUFFIX)) continue;
    if ((await stat(file)).isDirectory()) {
      if (await isLeftBehind(file)) await rm(file, { recursive: true, force: true });
      continue;
    }
    if (name.startsWith('.lock') && Date.now() - (await stat(file)).mtimeMs < LOCK_WAIT_LIMIT_MS) continue;
    await rm(file, { force: true });
  }
}
