import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { DamagedFileError, decodeContainer } from '../container/container.node.js';
import { arrayFrom, type ArrayMark, type NumberArray } from '../container/serialize.js';
import { openPlainFile } from '#core/node';
import { unreadable } from '../files/unreadable.node.js';
import { fileContent, type PointIndex } from './point-index.node.js';

/** Total size from which the reader drops the shared arrays that it holds in memory. */
const MAX_CACHED_BYTES = 2 ** 28;

/** Reads single points; arrays that points share are read once. */
export class PointReader {
  readonly #arrays = new Map<string, NumberArray>();
  #cachedBytes = 0;
  #file: Promise<FileHandle> | null = null;

  constructor(
    private readonly directory: string,
    private readonly index: PointIndex,
  ) {}

  /** Throws DamagedFileError when the file does not hold what was written. */
  async read(point: number): Promise<unknown> {
    if (this.#cachedBytes > MAX_CACHED_BYTES) {
      this.#arrays.clear();
      this.#cachedBytes = 0;
    }
    const path = join(this.directory, 'points.bin');
    this.#file ??= openFile(path);
    const file = await this.#file;
    const { starts } = this.index;
    const bytes = new Uint8Array(starts[point + 1] - starts[point]);
    const { bytesRead } = await file.read(bytes, 0, bytes.length, starts[point]);
    const name = `${path} (point ${point})`;
    const missing = new Set<string>();
    // Decodes twice: first to find the shared arrays, which have to be read asynchronously, then with them.
    const collectMissing = (mark: ArrayMark): NumberArray => {
      if (mark.place && !this.#arrays.has(mark.place)) missing.add(`${mark.kind} ${mark.place}`);
      return new Float64Array(0);
    };
    const read = bytes.subarray(0, bytesRead);
    decodeContainer(name, 'point', read, collectMissing);
    for (const array of missing) await this.#load(array);
    return decodeContainer(name, 'point', read, ({ place = '' }) => this.#arrays.get(place) ?? new Float64Array(0));
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    await (await file?.catch(() => null))?.close();
  }

  async #load(array: string): Promise<void> {
    const [kind, place] = array.split(' ') as [ArrayMark['kind'], string];
    const path = join(this.directory, 'arrays', place);
    const bytes = await fileContent(path);
    if (createHash('sha256').update(bytes).digest('hex') !== place) {
      throw new DamagedFileError(`${path}: is damaged: its checksum does not match`);
    }
    this.#arrays.set(place, arrayFrom(kind, bytes));
    this.#cachedBytes += bytes.length;
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await openPlainFile(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}
