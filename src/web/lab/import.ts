import { InvalidInputError } from '#core';
import type { DataFile } from '../prediction/messages.js';
import type { Preset } from './presets.js';

/** Larger tables do not become stimuli in a page. */
const MAX_FILE_BYTES = 2 ** 25;

/** Files of the user: the one that is the experiment or its table, and all of them. */
interface UserFiles {
  readonly main: DataFile;
  readonly all: readonly DataFile[];
}

/** Reads the files that the user chose. Throws InvalidInputError where there is none, or one is too large. */
export async function readFiles(files: readonly File[]): Promise<UserFiles> {
  const all: DataFile[] = [];
  for (const file of files) {
    const { name, size } = file;
    if (size > MAX_FILE_BYTES) {
      throw new InvalidInputError(`${name}: found ${megabytes(size)}, expected at most ${megabytes(MAX_FILE_BYTES)}`);
    }
    all.push({ name, bytes: new Uint8Array(await file.arrayBuffer()) });
  }
  const main = all.find(({ name }) => /\.(ya?ml|json)$/i.test(name)) ?? all.at(0);
  if (!main) throw new InvalidInputError('found no file, expected an experiment file or a table');
  return { main, all };
}

const megabytes = (size: number): string => `${(size / 2 ** 20).toFixed(0)} MB`;

const digits = {
  'digits.npy': new URL('../../../examples/data/digits.npy', import.meta.url),
  'digits-class-means.npy': new URL('../../../examples/data/digits-class-means.npy', import.meta.url),
};
/** Where the page has the data files of a preset, by their names. */
export const presetDataUrls = (preset: Preset): Readonly<Record<string, string>> =>
  preset === 'digits' ? Object.fromEntries(Object.entries(digits).map(([name, { href }]) => [name, href])) : {};

let digitFiles: Promise<DataFile[]> | null = null;

/** The data files of a preset, fetched when they are first needed. */
export async function presetFiles(preset: Preset): Promise<readonly DataFile[]> {
  if (preset !== 'digits') return [];
  digitFiles ??= Promise.all(
    Object.entries(digits).map(async ([name, url]) => {
      const response = await fetch(url);
      if (!response.ok) throw new Error(`${name} cannot be loaded: the server answers ${response.status}`);
      return { name, bytes: new Uint8Array(await response.arrayBuffer()) };
    }),
  );
  try {
    return await digitFiles;
  } catch (error) {
    // So that the next request tries again.
    digitFiles = null;
    throw error;
  }
}
