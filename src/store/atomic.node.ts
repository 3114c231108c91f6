import { InvalidInputError } from '#core';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Writes a file whole or not at all: a temporary name beside it, fsync, rename. */
export async function writeAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  try {
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Throws InvalidInputError unless the path is free or an empty directory: nothing is overwritten. Makes nothing. */
export async function refuseOccupied(path: string): Promise<void> {
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

/** Makes an output directory. Throws InvalidInputError when it cannot, or when something is in it. */
export async function claimDirectory(path: string): Promise<void> {
  await refuseOccupied(path);
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    throw new InvalidInputError(`${path}: cannot be used as output directory: ${(error as Error).message}`);
  }
}
