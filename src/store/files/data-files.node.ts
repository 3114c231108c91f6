import { InvalidInputError, type KeyPath } from '#core';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

/**
 * A reader of the data files that an experiment names, relative to `directory`. The reader throws InvalidInputError, at
 * the key that names the file, when a file cannot be read.
 */
export function filesIn(directory: string): (name: string, path: KeyPath) => Promise<Uint8Array<ArrayBuffer>> {
  return async (name, path) => {
    try {
      return Uint8Array.from(await readFile(resolve(directory, name)));
    } catch (error) {
      throw new InvalidInputError(
        `${name}: ${readErrorText(error)}, expected a data file, its name relative to the experiment file`,
        path,
      );
    }
  };
}

/** Why a file could not be read, in words. */
export function readErrorText(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'found a directory';
  if (code === 'EACCES') return 'cannot be read: permission denied';
  return `cannot be read: ${(error as Error).message}`;
}
