import { InvalidInputError, type KeyPath } from '#core';
import { readErrorText, readPlainFile } from '#core/node';
import { resolve } from 'node:path';

/**
 * A reader of the data files that an experiment names, relative to `directory`. The reader throws InvalidInputError, at
 * the key that names the file, when a file cannot be read.
 */
export function filesIn(directory: string): (name: string, path: KeyPath) => Promise<Uint8Array<ArrayBuffer>> {
  return async (name, path) => {
    try {
      return Uint8Array.from(await readPlainFile(resolve(directory, name)));
    } catch (error) {
      throw new InvalidInputError(
        `${name}: ${readErrorText(error)}, expected a data file, its name relative to the experiment file`,
        path,
      );
    }
  };
}
