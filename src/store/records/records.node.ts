import { InvalidInputError } from '#core';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeAtomicallySync } from '../files/atomic-write.node.js';
import { removeTempFilesIn } from '../files/directories.node.js';
import { writeError } from '../files/write-error.node.js';
import { PackReader } from './pack-reader.node.js';
import { packShard } from './pack.node.js';
import { quarantineDamaged } from './quarantine.node.js';
import { RecordPaths, SHARD_SIZE } from './record-paths.node.js';
import { decodeRecord, encodeRecord, recordBytes } from './record.node.js';

/**
 * The records of finished tasks: one file for each, records/SSSSSS/TTT.record, until the shard of 1000 tasks is
 * complete; then one file, records/SSSSSS.pack, with the records one after the other. So a million tasks leave a
 * thousand files. A record is written whole or not at all, and may be written again by any process: it has the same
 * bytes.
 */
export class Records {
  readonly #paths: RecordPaths;
  readonly #packs: PackReader;

  /** `id` is that of the manifest, `tasks` the number of all tasks. */
  constructor(
    directory: string,
    private readonly id: string,
    tasks: number,
  ) {
    this.#paths = new RecordPaths(directory, tasks);
    this.#packs = new PackReader(this.#paths);
  }

  /** Throws InvalidInputError when it cannot be written, and leaves nothing behind then. */
  write(task: number, result: unknown): void {
    const path = this.#paths.record(task);
    const bytes = encodeRecord(this.id, task, result);
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeAtomicallySync(path, bytes);
    } catch (error) {
      // Another process finished the same task, and its shard was packed meanwhile.
      if (existsSync(this.#paths.pack(Math.floor(task / SHARD_SIZE)))) return;
      throw writeError(path, error);
    }
  }

  /** Which tasks have a record, by names alone: one directory listing for each incomplete shard, none for a pack. */
  async finished(): Promise<Uint8Array> {
    const done = new Uint8Array(this.#paths.tasks);
    // Single records first: a shard that is packed meanwhile is then found as a pack.
    for (const shard of await this.#paths.looseShards()) {
      for (const task of await this.#paths.looseTasks(shard)) done[task] = 1;
    }
    for (const shard of await this.#paths.packedShards()) done.fill(1, shard * SHARD_SIZE, (shard + 1) * SHARD_SIZE);
    return done;
  }

  /**
   * The result of a finished task, checked. Cheapest in the order of the tasks. Throws InvalidInputError when the task
   * has no record, DamagedFileError when the file does not hold what was written or belongs to another run.
   */
  async read(task: number): Promise<unknown> {
    const path = this.#paths.record(task);
    const shard = Math.floor(task / SHARD_SIZE);
    // An open pack comes first: looking for a file that is not there costs as much as reading a record.
    if (!this.#packs.isOpenAt(shard)) {
      const single = await recordBytes(path);
      if (single) return decodeRecord(path, this.id, task, single);
    }
    const bytes = await this.#packs.read(task);
    if (!bytes) throw new InvalidInputError(`${path}: is missing: the task is not finished`);
    return decodeRecord(`${this.#paths.pack(shard)} (task ${task})`, this.id, task, bytes);
  }

  /** Joins the records of a shard into one file if all are there: see `packShard`. */
  pack(shard: number): Promise<void> {
    return packShard(this.#paths, this.id, shard);
  }

  /** Packs every complete shard. */
  async packComplete(): Promise<void> {
    for (const shard of await this.#paths.looseShards()) await this.pack(shard);
  }

  /** Removes what killed processes left behind, and packs every complete shard. Only while no task is running. */
  async removeTempFiles(): Promise<void> {
    await removeTempFilesIn(this.#paths.root);
    for (const shard of await this.#paths.looseShards()) await removeTempFilesIn(this.#paths.shard(shard));
    await this.packComplete();
  }

  /**
   * Renames damaged record files, whose tasks count as unfinished from then on: see `quarantineDamaged`. Returns the
   * new paths. Only while no task is running.
   */
  async quarantineDamaged(): Promise<string[]> {
    await this.close();
    return quarantineDamaged(this.#paths, this.id);
  }

  tasksOf(shard: number): number[] {
    return this.#paths.tasksOf(shard);
  }

  async close(): Promise<void> {
    await this.#packs.close();
  }
}
