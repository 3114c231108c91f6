import type { FileHandle } from 'node:fs/promises';
import { containerLength, DamagedFileError, HEADER_BYTES } from '../container/container.node.js';
import { openPlainFile } from '#core/node';
import { unreadable } from '../files/unreadable.node.js';
import { SHARD_SIZE, type RecordPaths } from './record-paths.node.js';
import { withAdvice } from './record.node.js';

/** Packs up to this size are read at once: with one read for each record, waiting costs more than reading. */
const MAX_BUFFERED_BYTES = 2 ** 27;

interface PackFile {
  readonly shard: number;
  readonly file: FileHandle;
  /** The whole content of a small pack. */
  readonly content: Uint8Array | null;
  /** Offset of each record, and at the end that of the end of the file. */
  readonly starts: readonly number[];
}

/** Reads single records from packs, one pack open at a time. */
export class PackReader {
  #pack: PackFile | null = null;

  constructor(private readonly paths: RecordPaths) {}

  /** Whether the open pack is that of a shard. */
  isOpenAt(shard: number): boolean {
    return this.#pack?.shard === shard;
  }

  /** The bytes of a record; null if its shard has no pack. Throws DamagedFileError. */
  async read(task: number): Promise<Uint8Array | null> {
    const pack = await this.#open(Math.floor(task / SHARD_SIZE));
    if (!pack) return null;
    const place = task % SHARD_SIZE;
    return slice(pack, pack.starts[place], pack.starts[place + 1]);
  }

  async close(): Promise<void> {
    await this.#pack?.file.close();
    this.#pack = null;
  }

  async #open(shard: number): Promise<PackFile | null> {
    if (this.#pack?.shard === shard) return this.#pack;
    await this.close();
    const path = this.paths.pack(shard);
    const file = await openIfThere(path);
    if (!file) return null;
    // Set at once, so that `close` closes the file even if reading it fails.
    this.#pack = { shard, file, content: null, starts: [] };
    try {
      const { size } = await file.stat();
      const content = size <= MAX_BUFFERED_BYTES ? await file.readFile() : null;
      const starts = await this.#startsOf({ shard, file, content }, path, size);
      this.#pack = { shard, file, content, starts };
      return this.#pack;
    } catch (error) {
      await this.close();
      throw withAdvice(error);
    }
  }

  async #startsOf(pack: Omit<PackFile, 'starts'>, path: string, size: number): Promise<number[]> {
    const starts = [0];
    for (const task of this.paths.tasksOf(pack.shard)) {
      const at = starts[starts.length - 1];
      const header = await slice(pack, at, at + HEADER_BYTES);
      starts.push(at + containerLength(`${path} (task ${task})`, header));
    }
    const end = starts[starts.length - 1];
    if (end < size) throw new DamagedFileError(`${path}: is damaged: ${size - end} bytes follow the last record`);
    return starts;
  }
}

async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    return await openPlainFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw withAdvice(unreadable(path, error));
  }
}

async function slice(
  { file, content }: Pick<PackFile, 'file' | 'content'>,
  start: number,
  end: number,
): Promise<Uint8Array> {
  if (content) return content.subarray(start, end);
  const bytes = new Uint8Array(end - start);
  const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
  return bytes.subarray(0, bytesRead);
}
