import { InvalidInputError } from '#core';
import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** How the names of unfinished files end; whatever a killed process left under such a name means nothing. */
export const PART = '.part';

/** A name beside a file that no other process on any machine uses. */
export const partName = (path: string): string =>
  join(dirname(path), `.${basename(path)}.${randomUUID().slice(0, 13)}${PART}`);

/**
 * Writes a file whole or not at all: a temporary name beside it, fsync, rename, fsync of the directory. Throws InvalidInputError
 * when the place takes no file.
 */
export async function writeAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = partName(path);
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
    await rm(temporary, { force: true }).catch(() => undefined);
    throw cannotWrite(path, error);
  }
  await syncDirectory(dirname(path));
}

/** The same for a process that has nothing else to do. */
export function writeAtomicallySync(path: string, content: Uint8Array): void {
  const temporary = partName(path);
  try {
    const file = openSync(temporary, 'w');
    try {
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
    syncDirectorySync(dirname(path));
  } catch (error) {
    try {
      rmSync(temporary, { force: true });
    } catch {
      // On a file system that takes nothing there is nothing to remove.
    }
    throw cannotWrite(path, error);
  }
}

const reasons: Partial<Record<string, string>> = {
  ENOSPC: 'no space is left on the device',
  EDQUOT: 'the quota is used up',
  EFBIG: 'the file is larger than the limit of this process or file system',
  EROFS: 'the file system is read-only',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'a directory of its path is missing',
  ENOTDIR: 'a part of its path is no directory',
};

/** What went wrong with a file or directory, in one sentence. */
export function cannotWrite(path: string, error: unknown): InvalidInputError {
  if (error instanceof InvalidInputError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  return new InvalidInputError(`${path}: cannot be written: ${reasons[code ?? ''] ?? message}`);
}

/** Makes the names in a directory last. Some file systems know no such thing; then the rename itself has to do. */
export async function syncDirectory(path: string): Promise<void> {
  try {
    const directory = await open(path, 'r');
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  } catch {
    return;
  }
}

function syncDirectorySync(path: string): void {
  try {
    const directory = openSync(path, 'r');
    try {
      fsyncSync(directory);
    } finally {
      closeSync(directory);
    }
  } catch {
    return;
  }
}

/** Throws InvalidInputError unless the path is free or an empty directory: nothing is overwritten. Makes nothing. */
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

/** Makes an output directory. Throws InvalidInputError when it cannot, or when something is in it. */
export async function claimDirectory(path: string): Promise<void> {
  await assertUnoccupied(path);
  await makeDirectory(path);
}

/** Makes a directory and those above it, where they are missing. Throws InvalidInputError when it cannot. */
export async function makeDirectory(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    throw cannotWrite(path, error);
  }
}
