import { InvalidInputError } from '#core';
import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { syncDirectory, tempPath } from '../files/atomic-write.node.js';
import { namesIn } from '../files/directories.node.js';
import { writeError } from '../files/write-error.node.js';
import type { RecordPaths } from './record-paths.node.js';
import { decodeRecord, recordBytes } from './record.node.js';

/**
 * Joins the records of a complete shard into one file; an incomplete shard stays as it is. The single records are
 * removed only after the pack is in place, so several processes may do this at once. Throws InvalidInputError when the
 * pack cannot be written or a record is damaged; then all records stay.
 */
export async function packShard(paths: RecordPaths, run: string, shard: number): Promise<void> {
  const loose = paths.shard(shard);
  const tasks = paths.tasksOf(shard);
  const names = new Set(await namesIn(loose));
  const isComplete = tasks.every((task) => names.has(basename(paths.record(task))));
  if (!existsSync(paths.pack(shard)) && isComplete) await writePack(paths, run, shard, tasks);
  if (names.size > 0 && existsSync(paths.pack(shard))) await removeLoose(loose);
}

async function writePack(paths: RecordPaths, run: string, shard: number, tasks: readonly number[]): Promise<void> {
  const path = paths.pack(shard);
  const temporary = tempPath(path);
  try {
    const file = await open(temporary, 'w');
    try {
      let size = 0;
      for (const task of tasks) {
        const bytes = await recordBytes(paths.record(task));
        if (!bytes) throw Object.assign(new Error(`${paths.record(task)} has gone`), { code: 'ENOENT' });
        decodeRecord(paths.record(task), run, task, bytes);
        // Not `write`, which may write only a part of it when the disk is nearly full.
        await file.appendFile(bytes);
        size += bytes.length;
      }
      await file.sync();
      const written = await file.stat();
      if (written.size !== size) {
        throw new InvalidInputError(`${path}: cannot be written: ${written.size} of ${size} bytes`);
      }
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncDirectory(paths.root);
  } catch (error) {
    await rm(temporary, { force: true });
    // If a record has gone, another process has packed the shard.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && existsSync(path)) return;
    throw writeError(path, error);
  }
}

async function removeLoose(path: string): Promise<void> {
  // What was set aside may be a directory.
  for (const name of await namesIn(path)) await rm(join(path, name), { recursive: true, force: true });
  await rm(path, { recursive: true, force: true });
}
