import { InvalidInputError } from '#core';
import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, open, readFile, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
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
 * nothing: on the same machine its process is looked up, on another one its signs of life are, by the clock of the file
 * system, `heartbeat` milliseconds apart. Throws InvalidInputError that names the holder.
 */
export async function lockDirectory(directory: string, command: string, heartbeat = HEARTBEAT): Promise<Lock> {
  const path = join(directory, 'lock');
  const own = { ...thisProcess(), token: randomUUID(), command };
  const candidate = join(directory, `.lock.${own.token}${PART}`);
  const file = await written(candidate, JSON.stringify(own));
  try {
    await take(directory, path, candidate);
  } catch (error) {
    await file.close();
    throw error;
  } finally {
    await rm(candidate, { force: true });
  }
  const lost = new AbortController();
  const beat = async (): Promise<void> => {
    if (holderIn(await textIn(path))?.token !== own.token) lost.abort();
    // The same bytes again, so that the file system sets its own time. A lock that another one has put in the place of
    // this is another file, which is not touched.
    await file.write(JSON.stringify(own), 0);
    await file.sync();
  };
  const timer = setInterval(() => {
    // A file system that does not answer now may answer at the next beat.
    beat().catch(() => undefined);
  }, heartbeat);
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

/** A new file that survives a loss of power; leaves nothing when it cannot be written. */
async function written(path: string, text: string): Promise<FileHandle> {
  try {
    const file = await open(path, 'wx+');
    try {
      await file.write(text, 0);
      await file.sync();
      return file;
    } catch (error) {
      await file.close();
      await rm(path, { force: true });
      throw error;
    }
  } catch (error) {
    throw cannotWrite(dirname(path), error);
  }
}

async function take(directory: string, path: string, candidate: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    if (await linked(candidate, path)) return;
    const text = await textIn(path).catch(() => '');
    const idleMs = (await timeOf(candidate)) - (await timeOf(path));
    // Gone meanwhile: the next turn may have it.
    if (text === null && attempt < 10) continue;
    if (text === null || attempt >= 10 || !isStale(holderIn(text), idleMs)) throw inUse(directory, holderIn(text));
    if (await inherit(path, candidate, text)) return;
  }
}

function inUse(directory: string, holder: Holder | null): InvalidInputError {
  if (holder) {
    const by = `by "meander ${holder.command}", process ${holder.pid} on ${holder.host}`;
    return new InvalidInputError(`${directory}: is in use ${by}; wait for it, or stop it`);
  }
  const path = join(directory, 'lock');
  return new InvalidInputError(`${path}: cannot be read as a lock; remove it if no process works on the directory`);
}

/**
 * Whether the holder runs no more; `idleMs` is how long it has given no sign of life, in milliseconds. What cannot be read
 * was cut short by a loss of power.
 */
function isStale(holder: Holder | null, idleMs: number): boolean {
  const { host, boot } = thisProcess();
  if (holder?.host !== host) return idleMs > DEAD;
  return holder.boot !== boot || startOf(holder.pid) !== holder.started;
}

/**
 * Puts the candidate in the place of a lock that was left, of which `text` is the content. A second file, named after it, is made
 * by one process only; who has it finds the old lock still there, or goes away. Returns whether the lock is now ours.
 */
async function inherit(path: string, candidate: string, text: string): Promise<boolean> {
  const takeoverFile = `${path}.${createHash('sha256').update(text).digest('hex').slice(0, 16)}${PART}`;
  if (!(await linked(candidate, takeoverFile))) {
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

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw cannotWrite(to, error);
  }
}

/** null when there is no such file. */
async function textIn(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** null when it names none. */
function holderIn(text: string | null): Holder | null {
  try {
    const holder = JSON.parse(text ?? '') as Partial<Holder> | null;
    return typeof holder?.token === 'string' ? (holder as Holder) : null;
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
