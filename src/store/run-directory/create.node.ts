import { InvalidInputError } from '#core';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { syncDirectory } from '../files/atomic-write.node.js';
import { assertUnoccupied, clearAbandonedCreation, namesIn } from '../files/directories.node.js';
import { tempDirectoryPath } from '../files/temp-directory.node.js';
import { writeError } from '../files/write-error.node.js';
import { firstTasksOf, readIndex } from '../points/point-index.node.js';
import { writePoints, type StoredPoint } from '../points/write-points.node.js';
import { writeChecksums } from './checksums.node.js';
import { MANIFEST, RUN_FORMAT, type Manifest } from './manifest.node.js';

/** What the creator of a run knows about it; the rest of the manifest follows from the points. */
export type RunDescription = Omit<Manifest, 'format' | 'id' | 'points' | 'tasks'>;

/** Files that a run directory has besides those that all have, with their texts. */
export type FurtherFiles = Readonly<Record<string, string>>;

/** Directories that a run directory has from the start. */
const SUBDIRECTORIES = ['records', 'checkpoints', 'logs', 'figures'];

/**
 * Creates a run directory. `describe` is called after all points have been iterated; `text` is the experiment file as
 * it was given; `further` is asked for more files with `describe`. A new directory appears whole or not at all. An existing empty directory becomes a run directory when
 * its last file, the manifest, arrives. Throws InvalidInputError when the path is occupied or cannot be written.
 */
export async function createRunDirectory(
  path: string,
  describe: () => RunDescription,
  text: string,
  points: Iterable<StoredPoint>,
  further: () => Promise<FurtherFiles> = () => Promise.resolve({}),
): Promise<void> {
  await clearAbandonedCreation(path);
  const exists = existsSync(path);
  const temporary = tempDirectoryPath(exists ? join(path, 'run') : resolve(path));
  try {
    await mkdir(dirname(temporary), { recursive: true });
    await mkdir(temporary);
    for (const name of SUBDIRECTORIES) await mkdir(join(temporary, name));
    const id = await writePoints(temporary, points);
    const description = describe();
    const index = await readIndex(temporary);
    const tasks = firstTasksOf(index)[index.replicas.length];
    const manifest: Manifest = { format: RUN_FORMAT, id, points: index.replicas.length, tasks, ...description };
    const files = { ...(await further()), [description.file]: text };
    for (const [name, content] of Object.entries(files)) {
      await writeFile(join(temporary, name), content, { flush: true });
    }
    await writeFile(join(temporary, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`, { flush: true });
    await writeChecksums(temporary, [MANIFEST, ...Object.keys(files).sort()]);
    await syncDirectory(temporary);
    if (exists) await moveInto(path, temporary);
    else await rename(temporary, path);
    await syncDirectory(exists ? path : dirname(resolve(path)));
  } catch (error) {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
    // Another process may have created it meanwhile.
    if (!exists && !(error instanceof InvalidInputError)) await assertUnoccupied(path);
    throw writeError(path, error);
  }
}

/** Moves everything from one directory into another, the manifest last. */
async function moveInto(path: string, from: string): Promise<void> {
  const names = (await namesIn(from)).filter((name) => name !== MANIFEST);
  for (const name of [...names, MANIFEST]) await rename(join(from, name), join(path, name));
  await rmdir(from);
}
