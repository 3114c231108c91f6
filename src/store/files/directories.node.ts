import { InvalidInputError } from '#core';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { TEMP_SUFFIX } from './atomic-write.node.js';
import { writeError } from './write-error.node.js';

/** Throws InvalidInputError unless the path is free or an empty directory: nothing is overwritten. Creates nothing. */
export async function assertUnoccupied(path: string): Promise<void> {
  let entries: string[];
  try {
    entries = await readdir(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw new InvalidInputError(`${path}: cannot be used as output directory: ${(error as Error).message}`);
  }
  if (entries.length === 0) return;
  throw new InvalidInputError(`${path}: is not empty; nothing is overwritten, name a new output directory`);
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

/** Removes temporary files from a directory, except those of processes that are waiting for its lock. */
export async function removeTempFilesIn(path: string): Promise<void> {
  for (const name of await namesIn(path)) {
    const file = join(path, name);
    if (!name.endsWith(TEMP_SUFFIX)) continue;
    if (name.startsWith('.lock') && Date.now() - (await stat(file)).mtimeMs < LOCK_WAIT_LIMIT_MS) continue;
    await rm(file, { force: true });
  }
}
