import type { ServedRun, ServedRuns } from '#core';
import type { Dirent } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServedDirectory } from './directory.js';

export const MANIFEST = 'manifest.json';
export const REPORT = 'report.json';
const FIGURES = 'figures';
/** Directories below the given one in which runs are looked for, one in the other. */
const DEPTH = 4;
/** Entries of directories that are looked at. */
const MAX_ENTRIES = 10_000;

/**
 * The run directories in a directory, and itself when it is one. Those inside another are not looked for. Links to directories
 * are not followed: what they lead to is listed where it lies.
 */
export async function listRuns(served: ServedDirectory): Promise<ServedRuns> {
  const runs: ServedRun[] = [];
  let left = MAX_ENTRIES;
  let whole = true;
  let level = [''];
  for (let depth = 0; depth <= DEPTH; depth++) {
    const deeper: string[] = [];
    for (const path of level) {
      const entries = await served.entries(path);
      if (entries.length > left) {
        whole = false;
        continue;
      }
      left -= entries.length;
      const files = namesOf(entries);
      // `meander run --out` leaves both; its report says more.
      const kind = files.includes(REPORT) ? 'report' : files.includes(MANIFEST) ? 'sweep' : null;
      if (kind) {
        const figures = namesOf(await served.entries(below(path, FIGURES)));
        runs.push({ path, kind, files: [...files, ...figures.map((name) => `${FIGURES}/${name}`)] });
      }
      if (kind && path !== '') continue;
      for (const entry of entries) if (entry.isDirectory()) deeper.push(below(path, entry.name));
    }
    level = deeper;
  }
  const inOrder = (a: ServedRun, b: ServedRun): number => (a.path < b.path ? -1 : 1);
  return { runs: runs.sort(inOrder), whole };
}

export const below = (path: string, name: string): string => (path === '' ? name : `${path}/${name}`);

const namesOf = (entries: readonly Dirent[]): string[] =>
  entries
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();

/**
 * The names on the way from the served directory to the listed run that a real path is in, by the names on that path; null
 * where it is in none. The served directory itself is the last to be taken for it.
 */
export async function runAround(served: ServedDirectory, parts: readonly string[]): Promise<readonly string[] | null> {
  const depths = Array.from({ length: Math.min(DEPTH, parts.length) }, (_, k) => k + 1);
  for (const depth of [...depths, 0]) {
    const directory = parts.slice(0, depth);
    for (const name of [MANIFEST, REPORT]) {
      const found = await lstat(join(served.root, ...directory, name)).catch(() => null);
      if (found?.isFile()) return directory;
    }
  }
  return null;
}
