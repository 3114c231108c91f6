import { InvalidInputError } from '#core';
import { readErrorText, readPlainFile } from '#core/node';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Opened } from '../formats.js';
import { zarrContainer } from './container.js';
import { ARRAY_FILES, type ZarrStore } from './store.js';

/** Whether a directory with these names in it is a Zarr hierarchy. */
export const isZarr = (names: readonly string[]): boolean =>
  [...ARRAY_FILES, '.zgroup'].some((name) => names.includes(name));

/** The arrays of a Zarr hierarchy in a directory. */
export async function zarrAt(path: string): Promise<Opened> {
  const store: ZarrStore = { arrays: () => arraysBelow(path, ''), get: (name) => bytesAt(join(path, name)) };
  return { kind: 'arrays', container: await zarrContainer(store, basename(path).replace(/\.zarr$/i, '')) };
}

/** Looks into groups, but not among the chunks of arrays. */
async function arraysBelow(root: string, path: string): Promise<string[]> {
  const entries = await readdir(join(root, path), { withFileTypes: true });
  const names = entries.map(({ name }) => name);
  if (names.includes('.zarray')) return [path];
  const isArray = names.includes('zarr.json') && (await isArrayFile(join(root, path, 'zarr.json')));
  if (isArray) return [path];
  const below: string[] = [];
  for (const entry of entries) {
    if (entry.isDirectory())
      below.push(...(await arraysBelow(root, path === '' ? entry.name : `${path}/${entry.name}`)));
  }
  return below;
}

async function isArrayFile(path: string): Promise<boolean> {
  const bytes = await bytesAt(path);
  return bytes !== undefined && /"node_type"\s*:\s*"array"/.test(bytes.toString());
}

/** Undefined where there is no such file, which is how Zarr stores chunks without values. */
async function bytesAt(path: string): Promise<Buffer | undefined> {
  try {
    return await readPlainFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new InvalidInputError(`${path}: ${readErrorText(error)}, expected a file of a Zarr array`);
  }
}
