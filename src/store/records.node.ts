import { InvalidInputError } from '#core';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { open, readdir, readFile, rename, rm, stat, unlink, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  cannotWrite,
  makeDirectory,
  PART,
  partName,
  syncDirectory,
  writeAtomically,
  writeAtomicallySync,
} from './atomic.node.js';
import { containerLength, DamagedFileError, decodeContainer, encodeContainer, HEADER_BYTES } from './container.node.js';

/** Tasks whose records share a directory, and one file once all of them are there. Part of the format. */
export const SHARD = 1000;

/** Bytes of a pack that are read at once: one by one, waiting costs more than reading. */
const MAX_HELD = 2 ** 27;

interface PackContent {
  readonly file: FileHandle;
  /** Everything, where that is little. */
  readonly content: Uint8Array | null;
}

interface OpenPack extends PackContent {
  readonly shard: number;
  /** Where each record begins, and at the end where the last one ends. */
  readonly starts: readonly number[];
}

/** The bytes of a record; `run` is the id of the manifest. */
export const encodeRecord = (run: string, task: number, result: unknown): Uint8Array =>
  encodeContainer('record', { run, task, result });

/**
 * The records of finished tasks: records/SSSSSS/TTT.record, one for each, until a shard of 1000 is complete; then one file
 * records/SSSSSS.pack, the records one after the other. So a million tasks leave a thousand files. A record is written
 * whole or not at all, and anyone may write the same record again: it has the same bytes.
 */
export class Records {
  readonly #root: string;
  #pack: OpenPack | null = null;

  /** `id` is that of the manifest, `tasks` the number of all tasks. */
  constructor(
    directory: string,
    private readonly id: string,
    private readonly tasks: number,
  ) {
    this.#root = join(directory, 'records');
  }

  /** Throws InvalidInputError when it cannot be written; then there is no trace of it. */
  write(task: number, result: unknown): void {
    const path = this.#path(task);
    const bytes = encodeRecord(this.id, task, result);
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeAtomicallySync(path, bytes);
    } catch (error) {
      // Another process did the same task, and its shard was packed meanwhile.
      if (existsSync(this.#packPath(Math.floor(task / SHARD)))) return;
      throw cannotWrite(path, error);
    }
  }

  /** Which tasks have a record, by names alone: one listing for each shard under way, none for a packed one. */
  async finished(): Promise<Uint8Array> {
    const done = new Uint8Array(this.tasks);
    // Loose records first: one that is packed meanwhile is then found in its pack.
    for (const shard of await this.#looseShards()) {
      for (const name of await namesIn(this.#shardPath(shard))) {
        const match = /^(\d{3})\.record$/.exec(name);
        const task = match ? shard * SHARD + Number(match[1]) : this.tasks;
        if (task < this.tasks) done[task] = 1;
      }
    }
    for (const name of await namesIn(this.#root)) {
      const match = /^(\d{6,})\.pack$/.exec(name);
      if (match) done.fill(1, Number(match[1]) * SHARD, (Number(match[1]) + 1) * SHARD);
    }
    return done;
  }

  /**
   * The result of a finished task, checked. Cheapest in the order of the tasks. Throws InvalidInputError when there is none,
   * DamagedFileError when the file is not what was written or belongs to another run.
   */
  async read(task: number): Promise<unknown> {
    const path = this.#path(task);
    const shard = Math.floor(task / SHARD);
    // The pack that is open comes first: to look for a file in vain costs as much as to read a record.
    if (this.#pack?.shard !== shard) {
      try {
        return this.#decode(path, task, await readFile(path));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      }
    }
    const pack = await this.#openPack(shard);
    if (!pack) throw new InvalidInputError(`${path}: is missing: the task is not finished`);
    const place = task % SHARD;
    const name = `${this.#packPath(pack.shard)} (task ${task})`;
    return this.#decode(name, task, await pieceOf(pack, pack.starts[place], pack.starts[place + 1]));
  }

  #decode(name: string, task: number, bytes: Uint8Array): unknown {
    const record = recordIn(name, bytes);
    if (record.run !== this.id) throw new DamagedFileError(`${name}: belongs to another run`);
    if (record.task !== task) throw new DamagedFileError(`${name}: is the record of task ${record.task}`);
    return record.result;
  }

  /**
   * Joins the records of a shard that are all there; leaves one that is not complete as it is. Loose records go only when
   * the pack is seen in its place, so several processes may do this at once. Throws InvalidInputError when the pack cannot be
   * written or a record is damaged; then all records stay.
   */
  async pack(shard: number): Promise<void> {
    const loose = this.#shardPath(shard);
    const tasks = this.tasksOf(shard);
    const names = new Set(await namesIn(loose));
    if (!existsSync(this.#packPath(shard)) && tasks.every((task) => names.has(nameOf(task)))) {
      await this.#join(shard, tasks);
    }
    if (names.size > 0 && existsSync(this.#packPath(shard))) await removeShard(loose);
  }

  async #join(shard: number, tasks: readonly number[]): Promise<void> {
    const path = this.#packPath(shard);
    const temporary = partName(path);
    try {
      const file = await open(temporary, 'w');
      try {
        let size = 0;
        for (const task of tasks) {
          const bytes = await readFile(this.#path(task));
          this.#decode(this.#path(task), task, bytes);
          // Not `write`, which may leave some of it out on a disk that is nearly full.
          await file.appendFile(bytes);
          size += bytes.length;
        }
        await file.sync();
        const written = await file.stat();
        if (written.size !== size)
          throw new InvalidInputError(`${path}: cannot be written: ${written.size} of ${size} bytes`);
      } finally {
        await file.close();
      }
      await rename(temporary, path);
      await syncDirectory(this.#root);
    } catch (error) {
      await rm(temporary, { force: true });
      // Records that are gone were packed by another process.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT' && existsSync(path)) return;
      throw cannotWrite(path, error);
    }
  }

  /** Packs every complete shard. */
  async packComplete(): Promise<void> {
    for (const shard of await this.#looseShards()) await this.pack(shard);
  }

  /** The same, and removes what killed processes left unfinished. Only where no task is under way. */
  async removeTempFiles(): Promise<void> {
    await removeParts(this.#root);
    for (const shard of await this.#looseShards()) await removeParts(this.#shardPath(shard));
    await this.packComplete();
  }

  /**
   * Reads every record and sets aside, as NAME.damaged, what cannot be what was written; of a pack the good records are kept
   * as loose ones. Their tasks then count as unfinished. Returns the paths set aside. Only where no task is under way.
   */
  async quarantineDamaged(): Promise<string[]> {
    const aside: string[] = [];
    await this.close();
    for (const shard of await this.#looseShards()) {
      for (const task of this.tasksOf(shard)) {
        const path = this.#path(task);
        if (existsSync(path) && !this.#isGood(task, await readFile(path))) aside.push(await setAside(path));
      }
    }
    for (let shard = 0; shard * SHARD < this.tasks; shard++) {
      const path = this.#packPath(shard);
      if (existsSync(path) && !(await this.#unpackUnlessGood(shard))) aside.push(await setAside(path));
    }
    return aside;
  }

  #isGood(task: number, bytes: Uint8Array): boolean {
    try {
      this.#decode('', task, bytes);
      return true;
    } catch (error) {
      if (error instanceof DamagedFileError) return false;
      throw error;
    }
  }

  /** Whether a pack is what was written; if not, its good records are written one by one. */
  async #unpackUnlessGood(shard: number): Promise<boolean> {
    const bytes = await readFile(this.#packPath(shard));
    const good: [task: number, record: Uint8Array][] = [];
    let at = 0;
    for (const task of this.tasksOf(shard)) {
      const length = lengthAt(bytes, at);
      // Without its length nobody knows where the next one begins.
      if (length === null) break;
      const record = bytes.subarray(at, at + length);
      if (this.#isGood(task, record)) good.push([task, record]);
      at += length;
    }
    if (good.length === this.tasksOf(shard).length && at === bytes.length) return true;
    await makeDirectory(this.#shardPath(shard));
    for (const [task, record] of good) await writeAtomically(this.#path(task), record);
    return false;
  }

  tasksOf(shard: number): number[] {
    const first = shard * SHARD;
    return Array.from({ length: Math.min(SHARD, this.tasks - first) }, (_, i) => first + i);
  }

  async close(): Promise<void> {
    await this.#pack?.file.close();
    this.#pack = null;
  }

  async #openPack(shard: number): Promise<OpenPack | null> {
    if (this.#pack?.shard === shard) return this.#pack;
    await this.close();
    const path = this.#packPath(shard);
    let file: FileHandle;
    try {
      file = await open(path, 'r');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
    this.#pack = { shard, file, content: null, starts: [] };
    const starts = [0];
    let opened: Omit<OpenPack, 'starts'>;
    try {
      const { size } = await file.stat();
      opened = { shard, file, content: size <= MAX_HELD ? await file.readFile() : null };
      for (const task of this.tasksOf(shard)) {
        const at = starts[starts.length - 1];
        const header = await pieceOf(opened, at, at + HEADER_BYTES);
        starts.push(at + containerLength(`${path} (task ${task})`, header));
      }
      const end = starts[starts.length - 1];
      if (end < size) throw new DamagedFileError(`${path}: is damaged: ${size - end} bytes follow the last record`);
    } catch (error) {
      await this.close();
      throw withAdvice(error);
    }
    this.#pack = { ...opened, starts };
    return this.#pack;
  }

  async #looseShards(): Promise<number[]> {
    const names = await namesIn(this.#root);
    return names
      .filter((name) => /^\d{6,}$/.test(name))
      .map(Number)
      .sort((a, b) => a - b);
  }

  #shardPath(shard: number): string {
    return join(this.#root, String(shard).padStart(6, '0'));
  }

  #packPath(shard: number): string {
    return `${this.#shardPath(shard)}.pack`;
  }

  #path(task: number): string {
    return join(this.#shardPath(Math.floor(task / SHARD)), nameOf(task));
  }
}

interface RecordContent {
  readonly run: string;
  readonly task: number;
  readonly result: unknown;
}

function recordIn(name: string, bytes: Uint8Array): RecordContent {
  try {
    return decodeContainer(name, 'record', bytes) as RecordContent;
  } catch (error) {
    throw withAdvice(error);
  }
}

function withAdvice(error: unknown): unknown {
  if (!(error instanceof DamagedFileError)) return error;
  return new DamagedFileError(
    `${error.message}; meander resume DIR --check sets it aside and computes its tasks again`,
  );
}

/** Bytes of the record at a place in a pack, or null where none begins or it is cut short. */
function lengthAt(bytes: Uint8Array, at: number): number | null {
  try {
    const length = containerLength('', bytes.subarray(at, at + HEADER_BYTES));
    return at + length <= bytes.length ? length : null;
  } catch {
    return null;
  }
}

async function setAside(path: string): Promise<string> {
  const aside = existsSync(`${path}.damaged`) ? `${path}.${randomUUID().slice(0, 8)}.damaged` : `${path}.damaged`;
  await rename(path, aside);
  return aside;
}

const nameOf = (task: number): string => `${String(task % SHARD).padStart(3, '0')}.record`;

async function pieceOf({ file, content }: PackContent, start: number, end: number): Promise<Uint8Array> {
  if (content) return content.subarray(start, end);
  const bytes = new Uint8Array(end - start);
  const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
  return bytes.subarray(0, bytesRead);
}

/** Names in a directory; none where there is no such directory. */
export async function namesIn(path: string): Promise<string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Milliseconds after which nobody waits for a lock any more. */
const LONG_AGO = 3_600_000;

/** Removes unfinished files from a directory, but not those of who waits for its lock. */
export async function removeParts(path: string): Promise<void> {
  for (const name of await namesIn(path)) {
    const part = join(path, name);
    if (!name.endsWith(PART)) continue;
    if (name.startsWith('.lock') && Date.now() - (await stat(part)).mtimeMs < LONG_AGO) continue;
    await rm(part, { force: true });
  }
}

async function removeShard(path: string): Promise<void> {
  for (const name of await namesIn(path)) await unlink(join(path, name)).catch(ignoreMissing);
  await rm(path, { recursive: true, force: true });
}

function ignoreMissing(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}
