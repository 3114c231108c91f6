import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { TEMP_SUFFIX } from '../files/atomic-write.node.js';
import { acquire } from './acquire.node.js';
import { createSynced, holderIn, textIn, type Holder } from './lock-file.node.js';
import { thisProcess } from './process-identity.node.js';

export interface Lock {
  /** Aborted when the lock is no longer ours: another machine took this process for dead. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

const HEARTBEAT_MS = 10_000;

/**
 * Locks a run directory for this process. Only its holder writes to it, apart from the array tasks that it submitted to
 * a cluster. The lock is a file created by a hard link, which is atomic on shared file systems too. The lock of a
 * killed process is taken over: on the same machine its process is looked up; on another machine its heartbeats, every
 * `heartbeatMs`, are compared with the clock of the file system. Throws InvalidInputError that names a live holder.
 */
export async function lockDirectory(directory: string, command: string, heartbeatMs = HEARTBEAT_MS): Promise<Lock> {
  const path = join(directory, 'lock');
  const own: Holder = { ...thisProcess(), token: randomUUID(), command };
  const candidate = join(directory, `.lock.${own.token}${TEMP_SUFFIX}`);
  const file = await createSynced(candidate, JSON.stringify(own));
  try {
    await acquire(directory, path, candidate);
  } catch (error) {
    await file.close();
    throw error;
  } finally {
    await rm(candidate, { force: true });
  }
  const lost = new AbortController();
  const beat = async (): Promise<void> => {
    if (holderIn(await textIn(path))?.token !== own.token) lost.abort();
    // Writes the same bytes, so that the file system sets its own time. If another process has put its lock in this
    // place, that is another file, and it is not touched.
    await file.write(JSON.stringify(own), 0);
    await file.sync();
  };
  const timer = setInterval(() => {
    // A file system that fails now may succeed at the next heartbeat.
    beat().catch(() => undefined);
  }, heartbeatMs);
  timer.unref();
  return {
    lost: lost.signal,
    async release() {
      clearInterval(timer);
      await file.close();
      if (holderIn(await textIn(path))?.token === own.token) await rm(path, { force: true });
    },
  };
}
