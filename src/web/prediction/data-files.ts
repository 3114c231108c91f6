import { InvalidInputError } from '#core';
import type { ReadBytes } from '#experiment';
import type { DataFile } from './messages.js';

/** Reads data files from among the user's, whatever directory an experiment names. */
export const readerOf =
  (files: readonly DataFile[]): ReadBytes =>
  (wanted, path) => {
    const found = files.find(({ name }) => name === wanted.replace(/^.*\//, ''));
    return found
      ? Promise.resolve(found.bytes)
      : Promise.reject(
          new InvalidInputError(
            `${wanted}: is not among the files; drop it onto the page together with the experiment file`,
            path,
          ),
        );
  };
