import { InvalidInputError } from '#core';
import type { Setting } from '#reproduce';
import { createOutputDirectory, TEMP_SUFFIX, RunDirectory } from '#store';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** What a reproduction is asked for; kept as the configuration of its run. */
type Begun = Setting & { readonly claims: readonly string[] };

/** The run directory of the points of a reproduction; it is removed once the report is written. */
const UNFINISHED = 'unfinished';

/**
 * Claims a new directory, or an unfinished one of the same setting to go on with. Returns the path of its run directory.
 * Throws InvalidInputError for any other directory that is not empty: nothing is overwritten.
 */
export async function openReproduction(path: string, begun: Begun): Promise<string> {
  const run = join(path, UNFINISHED);
  if (!(await RunDirectory.isAt(run))) {
    await removeIncompleteRuns(path);
    await createOutputDirectory(path);
    return run;
  }
  const { manifest } = await RunDirectory.use(run, (directory) => Promise.resolve(directory));
  const [before, now] = [JSON.stringify(manifest.configuration), JSON.stringify(begun)];
  if (before === now) return run;
  throw new InvalidInputError(
    `${path}: contains an unfinished reproduction with other settings (${described(before)}), expected ${described(now)}; ` +
      'name another directory with --out',
  );
}

/** Removes what a process left behind that was killed before its run directory was complete. */
async function removeIncompleteRuns(path: string): Promise<void> {
  const names = await readdir(path).catch(() => []);
  for (const name of names) {
    if (name.startsWith(`.${UNFINISHED}.`) && name.endsWith(TEMP_SUFFIX))
      await rm(join(path, name), { recursive: true });
  }
}

const described = (setting: string): string => setting.replace(/[{}"]+/g, '').replace(/([:,])/g, '$1 ');
