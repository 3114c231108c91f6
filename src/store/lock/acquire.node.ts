import { InvalidInputError } from '#core';
import { createHash } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { TEMP_SUFFIX } from '../files/atomic-write.node.js';
import { holderIn, textIn, timeOf, tryLink, type Holder } from './lock-file.node.js';
import { startOf, thisProcess } from './process-identity.node.js';

/** Time without a heartbeat after which the holder on another machine counts as dead. */
const STALE_AFTER_MS = 120_000;
/** Attempts when the lock keeps vanishing between two looks at it. */
const MAX_ATTEMPTS = 10;

/**
 * Puts the candidate, a finished lock file, in the place of the lock: at once if the lock is free, by a takeover if its
 * holder is dead. Throws InvalidInputError that names the holder if it is alive.
 */
export async function acquire(directory: string, path: string, candidate: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    if (await tryLink(candidate, path)) return;
    const text = await textIn(path).catch(() => '');
    const idleMs = (await timeOf(candidate)) - (await timeOf(path));
    // Released meanwhile: try again.
    if (text === null && attempt < MAX_ATTEMPTS) continue;
    if (text === null || attempt >= MAX_ATTEMPTS || !isStale(holderIn(text), idleMs)) {
      throw inUseError(directory, holderIn(text));
    }
    if (await takeOver(path, candidate, text)) return;
  }
}

function inUseError(directory: string, holder: Holder | null): InvalidInputError {
  if (holder) {
    const by = `by "meander ${holder.command}", process ${holder.pid} on ${holder.host}`;
    return new InvalidInputError(`${directory}: is in use ${by}; wait for it, or stop it`);
  }
  const path = join(directory, 'lock');
  return new InvalidInputError(`${path}: cannot be read as a lock; remove it if no process works on the directory`);
}

/**
 * Whether the holder is dead. `idleMs` is the time since its last heartbeat. No holder means that the lock file is
 * unreadable, cut short by a loss of power.
 */
function isStale(holder: Holder | null, idleMs: number): boolean {
  const { host, boot } = thisProcess();
  if (holder?.host !== host) return idleMs > STALE_AFTER_MS;
  return holder.boot !== boot || startOf(holder.pid) !== holder.started;
}

/**
 * Replaces a stale lock, whose content is `text`, by the candidate. Only one process can create the takeover file,
 * which is named after that content; it then checks that the stale lock is still in place. Returns whether the lock is
 * now ours.
 */
async function takeOver(path: string, candidate: string, text: string): Promise<boolean> {
  const takeoverFile = `${path}.${createHash('sha256').update(text).digest('hex').slice(0, 16)}${TEMP_SUFFIX}`;
  if (!(await tryLink(candidate, takeoverFile))) {
    const other = await textIn(takeoverFile);
    const idleMs = (await timeOf(candidate)) - (await timeOf(takeoverFile));
    if (other !== null && isStale(holderIn(other), idleMs)) await rm(takeoverFile, { force: true });
    return false;
  }
  try {
    if ((await textIn(path)) !== text) return false;
    await rename(candidate, path);
    return true;
  } finally {
    await rm(takeoverFile, { force: true });
  }
}
