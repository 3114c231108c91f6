import { InvalidInputError } from '#core';
import { existsSync, mkdirSync } from 'node:fs';
import { open, readdir, readFile, rename, rm, unlink, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cannotWrite, PART, partName, syncDirectory, writeAtomicallySync } from './atomic.node.js';
import { containerLength, DamagedFileError, decodeContainer, encodeContainer, HEADER_BYTES } from './container.node.js';

/** Tasks whose records share a directory, and one file once all of them are there. Part of the format. */
export const SHARD = 1000;

/** Bytes of a pack that are read at once: one by one, waiting costs more than reading. */
const MOST_HELD = 2 ** 27;

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
    const record = contentOf(name, bytes);
    if (record.run !== this.id) throw new DamagedFileError(`${name}: belongs to another run`);
    if (record.task !== task) throw new DamagedFileError(`${name}: is the record of task ${record.task}`);
    return record.result;
  }

  /** Joins the records of a shard that are all there; leaves a shard that is packed or not complete as it is. */
  async pack(shard: number): Promise<void> {
    const loose = this.#shardPath(shard);
    const tasks = this.tasksOf(shard);
    const names = new Set(await namesIn(loose));
    const complete = tasks.every((task) => names.has(nameOf(task)));
    if (complete) await this.#join(shard, tasks);
    if (complete || (names.size > 0 && (await exists(this.#packPath(shard))))) await removeShard(loose);
  }

  async #join(shard: number, tasks: readonly number[]): Promise<void> {
    const path = this.#packPath(shard);
    const temporary = partName(path);
    try {
      const file = await open(temporary, 'w');
      try {
        for (const task of tasks) {
          const bytes = await readFile(this.#path(task));
          this.#decode(this.#path(task), task, bytes);
          await file.write(bytes);
        }
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, path);
      await syncDirectory(this.#root);
    } catch (error) {
      await rm(temporary, { force: true });
      if (error instanceof InvalidInputError) throw error;
      // Another process packed the same records first.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      throw cannotWrite(path, error);
    }
  }

  /** Packs every complete shard and removes what killed processes left unfinished. Only where no task is under way. */
  async tidy(): Promise<void> {
    await removeParts(this.#root);
    for (const shard of await this.#looseShards()) {
      await removeParts(this.#shardPath(shard));
      await this.pack(shard);
    }
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
    const { size } = await file.stat();
    const opened = { shard, file, content: size <= MOST_HELD ? await file.readFile() : null };
    this.#pack = { ...opened, starts: [] };
    const starts = [0];
    for (const task of this.tasksOf(shard)) {
      const at = starts[starts.length - 1];
      const header = await pieceOf(opened, at, at + HEADER_BYTES);
      starts.push(at + containerLength(`${path} (task ${task})`, header));
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

function contentOf(name: string, bytes: Uint8Array): RecordContent {
  try {
    return decodeContainer(name, 'record', bytes) as RecordContent;
  } catch (error) {
    if (!(error instanceof DamagedFileError)) throw error;
    throw new DamagedFileError(`${error.message}; remove the file, and what is lost with it is computed again`);
  }
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

/** Removes unfinished files from a directory, but not those of who waits for its lock. */
export async function removeParts(path: string): Promise<void> {
  for (const name of await namesIn(path)) {
    if (name.endsWith(PART) && !name.startsWith('.lock')) await rm(join(path, name), { force: true });
  }
}

async function removeShard(path: string): Promise<void> {
  for (const name of await namesIn(path)) await unlink(join(path, name)).catch(ignoreMissing);
  await rm(path, { recursive: true, force: true });
}

function ignoreMissing(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}

async function exists(path: string): Promise<boolean> {
  return (await namesIn(dirname(path))).includes(path.slice(dirname(path).length + 1));
}
