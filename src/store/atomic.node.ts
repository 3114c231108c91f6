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

/** Makes an output directory, or takes an empty one. Throws InvalidInputError when it holds anything already. */
export async function claimDirectory(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
    if ((await readdir(path)).length === 0) return;
  } catch (error) {
    throw new InvalidInputError(`${path}: cannot be used as output directory: ${(error as Error).message}`);
  }
  throw new InvalidInputError(`${path}: is not empty; nothing is overwritten, name a new output directory`);
}
