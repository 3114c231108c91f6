import { InvalidInputError } from '#core';
import { readErrorText, readPlainFile } from '#core/node';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ENDINGS, endingOf, openFile } from './formats/formats.js';
import { hdf5At } from './formats/hdf5/file.node.js';
import { isZarr, zarrAt } from './formats/zarr/directory.node.js';
import { naturalOrder } from './natural-order.js';
import type { ReadOptions } from './options.js';
import type { Recording } from './recording.js';
import { readAnimals, type SourceGroup } from './sources/animals.js';
import { naming, type Source } from './sources/source.js';
import { matchFrequencies, parseFrequencies, type Frequencies } from './stimuli.js';
import { areNumbers, parseNumbers } from './times.js';

/** Most bytes of a file that is read at once. */
const MAX_BYTES = 2 ** 32;

/** As `ReadOptions`, where files may be named instead of what is in them. */
export interface ReadFileOptions extends Omit<ReadOptions, 'frequencies'> {
  /** A file with the columns stimulus and count, or one number a line. */
  readonly frequencyFile?: string | undefined;
}

/**
 * The recordings in some files and directories. A directory holds the sessions of one animal, in the natural order of the names
 * of its files; of other files, one whose axes have sessions is one animal, and all that are one session each are one animal
 * together, in the order given. `times` and `labels` may also be the names of text files. Throws InvalidInputError, which names
 * the file, what was found and what is accepted.
 */
export async function readRecordings(
  paths: readonly string[],
  { frequencyFile, times, labels, ...options }: ReadFileOptions,
): Promise<readonly Recording[]> {
  const groups: SourceGroup[] = [];
  for (const path of paths) groups.push(await groupAt(path));
  return readAnimals(groups, {
    ...options,
    times: typeof times === 'string' ? await timesIn(times) : times,
    labels: typeof labels === 'string' ? await linesIn(labels) : labels,
    frequencies: await frequenciesIn(frequencyFile),
  });
}

const frequenciesIn = async (path: string | undefined): Promise<Frequencies | undefined> =>
  path === undefined ? undefined : parseFrequencies(await textIn(path), path);

/** Recordings with the presentations of their stimuli that a file has, if one is given. Throws InvalidInputError. */
export async function withFrequencies(
  recordings: readonly Recording[],
  path: string | undefined,
): Promise<readonly Recording[]> {
  const frequencies = await frequenciesIn(path);
  if (frequencies === undefined) return recordings;
  return Promise.all(
    recordings.map((recording) =>
      naming(recording.name, () => ({
        ...recording,
        frequencies: matchFrequencies(frequencies, recording.stimulusLabels),
      })),
    ),
  );
}

async function groupAt(path: string): Promise<SourceGroup> {
  if (!(await isDirectory(path))) return { path, isDirectory: false, sources: [sourceAt(path)] };
  const all = await readdir(path);
  if (isZarr(all)) return { path, isDirectory: false, sources: [{ name: path, open: () => zarrAt(path) }] };
  const names = all.filter((name) => !name.startsWith('.') && (endingOf(name) !== undefined || ZARR.test(name)));
  if (names.length === 0) {
    throw new InvalidInputError(
      `${path}: is a directory without recordings, expected files that end in ${ENDINGS.join(', ')}, or directories in .zarr`,
    );
  }
  const sources = names.sort(naturalOrder).map((name) => sourceAt(join(path, name)));
  return { path, isDirectory: true, sources };
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    throw new InvalidInputError(`${path}: ${readErrorText(error)}, expected a recording`);
  }
}

const ZARR = /\.zarr$/i;

const sourceAt = (path: string): Source => ({
  name: path,
  open: async () => {
    if (ZARR.test(path)) return zarrAt(path);
    return (await hdf5At(path)) ?? openFile(path, await bytesAt(path));
  },
});

async function bytesAt(path: string): Promise<Uint8Array> {
  try {
    return await readPlainFile(path, MAX_BYTES);
  } catch (error) {
    throw new InvalidInputError(`${path}: ${readErrorText(error)}, expected a recording`);
  }
}

const timesIn = async (times: string): Promise<string | readonly number[]> =>
  areNumbers(times) || !(await isFile(times)) ? times : parseNumbers(await textIn(times), `${times}: the times`);

const linesIn = async (labels: string): Promise<string | readonly string[]> =>
  (await isFile(labels)) ? (await textIn(labels)).trim().split(/\r?\n/) : labels;

const isFile = async (path: string): Promise<boolean> => (await stat(path).catch(() => null))?.isFile() === true;

async function textIn(path: string): Promise<string> {
  try {
    return (await readPlainFile(path)).toString();
  } catch (error) {
    throw new InvalidInputError(`${path}: ${readErrorText(error)}, expected a text file`);
  }
}
