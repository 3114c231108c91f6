import { InvalidInputError } from '#core';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { cannotWrite, PART } from './atomic.node.js';

/** Who holds a run directory. A process is known by machine, boot and start time, so that a number used again deceives nobody. */
interface Holder {
  readonly token: string;
  readonly command: string;
  readonly host: string;
  readonly pid: number;
  readonly boot: string;
  readonly started: string;
}

export interface Lock {
  /** Aborted when the lock is no longer ours: another machine took it for dead. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

/** Milliseconds between two signs of life, and after how many without one a holder on another machine is taken for dead. */
const HEARTBEAT = 10_000;
const DEAD = 120_000;

/**
 * Takes the run directory for this process: at most one writes it, besides the jobs of a cluster that it submitted. The lock
 * is a file that appears whole by a hard link, which is atomic on shared file systems too. A holder that was killed holds
 * nothing: on the same machine its process is looked up, on another one its signs of life are. Throws InvalidInputError
 * that names the holder.
 */
export async function lockDirectory(directory: string, command: string): Promise<Lock> {
  const path = join(directory, 'lock');
  const own = { ...thisProcess(), token: randomUUID(), command };
  const offer = join(directory, `.lock.${own.token}${PART}`);
  try {
    await writeFile(offer, JSON.stringify(own));
  } catch (error) {
    throw cannotWrite(directory, error);
  }
  try {
    for (let attempt = 0; ; attempt++) {
      if (await linked(offer, path)) break;
      const [holder, seen, now] = [await holderOf(path), await timeOf(path), await timeOf(offer)];
      if (attempt >= 3 || (holder && !isDead(holder, now - seen))) throw inUse(directory, holder);
      if (holder && (await inherit(path, offer, holder))) break;
    }
  } finally {
    await rm(offer, { force: true });
  }
  const lost = new AbortController();
  const beat = async (): Promise<void> => {
    const holder = await holderOf(path);
    if (holder?.token !== own.token) lost.abort();
    else await utimes(path, new Date(), new Date());
  };
  const timer = setInterval(() => {
    // A file system that does not answer now may answer at the next beat.
    beat().catch(() => undefined);
  }, HEARTBEAT);
  timer.unref();
  return {
    lost: lost.signal,
    async release() {
      clearInterval(timer);
      if ((await holderOf(path))?.token === own.token) await rm(path, { force: true });
    },
  };
}

function inUse(directory: string, holder: Holder | null): InvalidInputError {
  const by = holder ? ` by "meander ${holder.command}", process ${holder.pid} on ${holder.host}` : '';
  return new InvalidInputError(`${directory}: is in use${by}; wait for it, or stop it`);
}

/** Whether the holder runs no more; `silence` is how long it has given no sign of life, in milliseconds. */
function isDead(holder: Holder, silence: number): boolean {
  const { host, boot } = thisProcess();
  if (holder.host !== host) return silence > DEAD;
  return holder.boot !== boot || startOf(holder.pid) !== holder.started;
}

/**
 * Puts the offer in the place of the lock of a dead holder. A second file, named after the dead, is made by one process only;
 * who has it finds the lock of the dead still there, or goes away. Returns whether the lock is now ours.
 */
async function inherit(path: string, offer: string, dead: Holder): Promise<boolean> {
  const heir = `${path}.${dead.token}${PART}`;
  if (!(await linked(offer, heir))) {
    const other = await holderOf(heir);
    if (other && isDead(other, 0)) await rm(heir, { force: true });
    return false;
  }
  try {
    if ((await holderOf(path))?.token !== dead.token) return false;
    await rename(offer, path);
    return true;
  } finally {
    await rm(heir, { force: true });
  }
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw cannotWrite(to, error);
  }
}

/** null when there is no lock, or none that can be read. */
async function holderOf(path: string): Promise<Holder | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Holder;
  } catch {
    return null;
  }
}

/** Time of the last change by the clock of the file system; 0 when there is no such file. */
async function timeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs;
  } catch {
    return 0;
  }
}

function thisProcess(): Pick<Holder, 'host' | 'pid' | 'boot' | 'started'> {
  return {
    host: hostname(),
    pid: process.pid,
    boot: textOf('/proc/sys/kernel/random/boot_id'),
    started: startOf(process.pid),
  };
}

/** When a process of this machine began, in a form that only it has; nothing for one that has ended. */
function startOf(pid: number): string {
  const stats = textOf(`/proc/${pid}/stat`);
  if (stats === '') return isRunning(pid) && !isLinux ? 'running' : '';
  // The name of the program, in parentheses, may hold spaces. After it: state, and as the 20th the start time.
  const fields = stats.slice(stats.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? '' : fields[19];
}

const isLinux = process.platform === 'linux';

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}
