import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { containerLength, DamagedFileError, HEADER_BYTES } from '../container/container.node.js';
import { writeAtomically } from '../files/atomic-write.node.js';
import { makeDirectory } from '../files/directories.node.js';
import { SHARD_SIZE, type RecordPaths } from './record-paths.node.js';
import { isRecord, recordBytes } from './record.node.js';

/**
 * Reads every record and renames damaged files to NAME.damaged; the good records of a damaged pack are written as
 * single files first. Returns the new paths.
 */
export async function quarantineDamaged(paths: RecordPaths, run: string): Promise<string[]> {
  const quarantined: string[] = [];
  for (const shard of await paths.looseShards()) {
    for (const task of paths.tasksOf(shard)) {
      const path = paths.record(task);
      const bytes = await bytesOrNone(path);
      if (bytes && !isRecord(run, task, bytes)) quarantined.push(await quarantine(path));
    }
  }
  for (let shard = 0; shard * SHARD_SIZE < paths.tasks; shard++) {
    const path = paths.pack(shard);
    if (existsSync(path) && !(await checkPack(paths, run, shard))) quarantined.push(await quarantine(path));
  }
  return quarantined;
}

const NONE = new Uint8Array(0);

/** The bytes of a file of records, which are none where it cannot be read; null where there is no such file. */
const bytesOrNone = (path: string): Promise<Uint8Array | null> =>
  recordBytes(path).catch((error: unknown) => {
    if (error instanceof DamagedFileError) return NONE;
    throw error;
  });

/** Whether a pack is undamaged; if it is not, its good records are written as single files. */
async function checkPack(paths: RecordPaths, run: string, shard: number): Promise<boolean> {
  const bytes = (await bytesOrNone(paths.pack(shard))) ?? NONE;
  const tasks = paths.tasksOf(shard);
  const good: [task: number, record: Uint8Array][] = [];
  let at = 0;
  for (const task of tasks) {
    const length = recordLengthAt(bytes, at);
    // Without its length, the start of the next record is unknown.
    if (length === null) break;
    const record = bytes.subarray(at, at + length);
    if (isRecord(run, task, record)) good.push([task, record]);
    at += length;
  }
  if (good.length === tasks.length && at === bytes.length) return true;
  await makeDirectory(paths.shard(shard));
  for (const [task, record] of good) await writeAtomically(paths.record(task), record);
  return false;
}

/** Length of the record at an offset of a pack; null if no record begins there or it is cut short. */
function recordLengthAt(bytes: Uint8Array, at: number): number | null {
  try {
    const length = containerLength('', bytes.subarray(at, at + HEADER_BYTES));
    return at + length <= bytes.length ? length : null;
  } catch {
    return null;
  }
}

async function quarantine(path: string): Promise<string> {
  const target = existsSync(`${path}.damaged`) ? `${path}.${randomUUID().slice(0, 8)}.damaged` : `${path}.damaged`;
  await rename(path, target);
  return target;
}
