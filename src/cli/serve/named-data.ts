import { InvalidInputError, type ServedData } from '#core';
import { ExperimentDocument } from '#experiment';
import type { FileHandle } from 'node:fs/promises';
import type { ServedDirectory } from './directory.js';
import { HttpError } from './http-error.js';
import { below, MANIFEST, REPORT, runAround } from './list-runs.js';
import { openInRun } from './run-files.js';

/** Below the path of an experiment file, the data files that it names. */
export const DATA = '/.data';
/** Most bytes of an experiment file that is parsed, which holds up every other answer: less than a second. */
const MAX_BYTES = 2 ** 18;
/** Most data files that an experiment may name: each is looked for. */
const MAX_NAMES = 1000;

/**
 * The data files that the experiment file of a listed run names, by its path: each is looked for where it is named, then beside
 * the experiment file, where a run directory has it. Throws HttpError, and InvalidInputError where the file is none.
 */
export async function dataOf(served: ServedDirectory, path: string): Promise<ServedData> {
  const names = new Set(filesNamedIn(new ExperimentDocument(path, await experimentText(served, path)).toJS()));
  if (names.size > MAX_NAMES)
    throw new InvalidInputError(`${path}: names ${names.size} files, expected at most ${MAX_NAMES}`);
  const directory = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  const [data, missing] = [new Set<string>(), new Set<string>()];
  for (const name of names) {
    const found = await firstServed(served, directory, [name, name.replace(/^.*\//, '')]);
    if (found === undefined) missing.add(name);
    else data.add(found);
  }
  return { data: [...data], missing: [...missing] };
}

/** The text of the experiment file of a listed run: YAML or JSON in the run directory itself that Meander did not write. */
async function experimentText(served: ServedDirectory, path: string): Promise<string> {
  const { handle, parts } = await served.open(path);
  try {
    const run = await runAround(served, parts);
    const name = parts.at(-1) ?? '';
    const isExperiment = /\.(ya?ml|json)$/i.test(name) && ![MANIFEST, REPORT].includes(name);
    if (run?.length !== parts.length - 1 || !isExperiment) throw new HttpError(404, 'there is no such experiment file');
    return new TextDecoder('utf-8', { fatal: true }).decode(await bytesOf(handle, path));
  } catch (error) {
    throw error instanceof TypeError
      ? new InvalidInputError(`${path}: found bytes that are not UTF-8 text, expected YAML or JSON`)
      : error;
  } finally {
    await handle.close();
  }
}

/** The content of a small file. Throws HttpError for a larger one. */
async function bytesOf(handle: FileHandle, path: string): Promise<Uint8Array> {
  const bytes = Buffer.alloc(MAX_BYTES + 1);
  let length = 0;
  for (;;) {
    const { bytesRead } = await handle.read(bytes, length, bytes.length - length, length);
    length += bytesRead;
    if (length > MAX_BYTES)
      throw new HttpError(413, `${path}: has more than ${MAX_BYTES} bytes, the lab reads no more`);
    if (bytesRead === 0) return bytes.subarray(0, length);
  }
}

/** Every value of a key `file`, also of one that the sweep sets. */
function filesNamedIn(node: unknown, key = ''): string[] {
  if (typeof node === 'string') return /(^|\.)file$/.test(key) ? [node] : [];
  if (Array.isArray(node)) return node.flatMap((item) => filesNamedIn(item, key));
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([own, value]) => filesNamedIn(value, own));
}

async function firstServed(
  served: ServedDirectory,
  directory: string,
  names: readonly string[],
): Promise<string | undefined> {
  for (const name of names) {
    try {
      const { handle } = await openInRun(served, below(directory, name));
      await handle.close();
      return name;
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
    }
  }
  return undefined;
}
