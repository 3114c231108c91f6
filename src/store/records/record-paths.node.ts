import { join } from 'node:path';
import { namesIn } from '../files/directories.node.js';

/** Tasks of one shard: their records share a directory, and one file when all of them are there. Part of the format. */
export const SHARD_SIZE = 1000;

/** Where the records of a run are: records/SSSSSS/TTT.record, or records/SSSSSS.pack for a complete shard. */
export class RecordPaths {
  readonly root: string;

  /** `tasks` is the number of all tasks of the run. */
  constructor(
    directory: string,
    readonly tasks: number,
  ) {
    this.root = join(directory, 'records');
  }

  /** The file of a record that is not in a pack. */
  record(task: number): string {
    return join(this.shard(Math.floor(task / SHARD_SIZE)), recordName(task));
  }

  /** The directory of the records of a shard. */
  shard(shard: number): string {
    return join(this.root, String(shard).padStart(6, '0'));
  }

  pack(shard: number): string {
    return `${this.shard(shard)}.pack`;
  }

  /** Shards that have a directory, ascending. */
  async looseShards(): Promise<number[]> {
    const names = await namesIn(this.root);
    return names
      .filter((name) => /^\d{6,}$/.test(name))
      .map(Number)
      .sort((a, b) => a - b);
  }

  /** Tasks whose record is in the directory of a shard, by names alone. */
  async looseTasks(shard: number): Promise<number[]> {
    const names = await namesIn(this.shard(shard));
    return names.flatMap((name) => {
      const match = /^(\d{3})\.record$/.exec(name);
      const task = match ? shard * SHARD_SIZE + Number(match[1]) : this.tasks;
      return task < this.tasks ? [task] : [];
    });
  }

  /** Shards that have a pack, by names alone. */
  async packedShards(): Promise<number[]> {
    const names = await namesIn(this.root);
    return names.flatMap((name) => {
      const match = /^(\d{6,})\.pack$/.exec(name);
      return match ? [Number(match[1])] : [];
    });
  }

  tasksOf(shard: number): number[] {
    const first = shard * SHARD_SIZE;
    return Array.from({ length: Math.min(SHARD_SIZE, this.tasks - first) }, (_, i) => first + i);
  }
}

const recordName = (task: number): string => `${String(task % SHARD_SIZE).padStart(3, '0')}.record`;
