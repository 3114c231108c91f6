import { createHash } from 'node:crypto';
import { mkdir, open, readFile, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { DamagedFileError, decodeContainer, encodeContainer } from './container.node.js';
import { arrayFrom, type ArrayMark, type NumberArray } from './plain.js';

/** One point as the directory needs to know it; what it holds is the business of who runs it. */
export interface StoredPoint {
  readonly replicas: number;
  /** Replicas of one task; the last task of a point may have fewer. */
  readonly taskReplicas: number;
  /** Steps of each replica. */
  readonly steps: number;
  /** Plain data. */
  readonly content: unknown;
}

/** What is known of all points without reading them, one number for each. */
export interface PointIndex {
  /** Place in points.bin, with one more for the end. */
  readonly starts: Float64Array;
  readonly replicas: Float64Array;
  readonly taskReplicas: Float64Array;
  readonly steps: Float64Array;
}

/** Arrays from this many bytes on (data sets, large references) are kept once for all points. */
const SHARED_BYTES = 65_536;
/** Bytes of shared arrays that a reader keeps in memory before it forgets them. */
const MAX_CACHED = 2 ** 28;

/** The bytes of a point in points.bin; arrays that are kept once for all points are handed to `share` with their names. */
function encodePoint(content: unknown, share: (name: string, array: NumberArray) => void): Uint8Array {
  return encodeContainer('point', content, (array) => {
    if (array.byteLength < SHARED_BYTES) return null;
    const name = createHash('sha256').update(bytesOf(array)).digest('hex');
    share(name, array);
    return name;
  });
}

/** SHA-256 of what fixes the results: the points and how they are cut into tasks. */
class PointHash {
  readonly #hash = createHash('sha256');

  add(bytes: Uint8Array, { replicas, taskReplicas }: StoredPoint): void {
    this.#hash.update(bytes).update(`${replicas} ${taskReplicas}\n`);
  }

  end(): string {
    return this.#hash.digest('hex');
  }
}

/** What `writePoints` would return; writes nothing. */
export function hashPoints(points: Iterable<StoredPoint>): string {
  const hash = new PointHash();
  for (const point of points)
    hash.add(
      encodePoint(point.content, () => undefined),
      point,
    );
  return hash.end();
}

/** Writes points.bin, points.index and arrays/ into a new directory; returns the SHA-256 of what fixes the results. */
export async function writePoints(directory: string, points: Iterable<StoredPoint>): Promise<string> {
  const shared = new Map<string, NumberArray>();
  const written = new Set<string>();
  const hash = new PointHash();
  const [starts, replicas, taskReplicas, steps]: number[][] = [[0], [], [], []];
  await mkdir(join(directory, 'arrays'));
  const file = await open(join(directory, 'points.bin'), 'w');
  try {
    for (const point of points) {
      const bytes = encodePoint(point.content, (name, array) => {
        if (!written.has(name)) shared.set(name, array);
      });
      for (const [name, array] of shared) {
        await writeFile(join(directory, 'arrays', name), bytesOf(array), { flush: true });
        written.add(name);
      }
      shared.clear();
      // Not `write`, which may leave some of it out on a disk that is nearly full.
      await file.appendFile(bytes);
      hash.add(bytes, point);
      starts.push(starts[starts.length - 1] + bytes.length);
      replicas.push(point.replicas);
      taskReplicas.push(point.taskReplicas);
      steps.push(point.steps);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  const index: PointIndex = {
    starts: Float64Array.from(starts),
    replicas: Float64Array.from(replicas),
    taskReplicas: Float64Array.from(taskReplicas),
    steps: Float64Array.from(steps),
  };
  await writeFile(join(directory, 'points.index'), encodeContainer('index', index), { flush: true });
  return hash.end();
}

/** Reads points.index. Throws DamagedFileError. */
export async function readIndex(directory: string): Promise<PointIndex> {
  const path = join(directory, 'points.index');
  return decodeContainer(path, 'index', await fileContent(path)) as PointIndex;
}

/** Reads single points; arrays that they share are read once. */
export class PointReader {
  readonly #arrays = new Map<string, NumberArray>();
  #cached = 0;
  #file: Promise<FileHandle> | null = null;

  constructor(
    private readonly directory: string,
    private readonly index: PointIndex,
  ) {}

  /** Throws DamagedFileError when the file is not what was written. */
  async read(point: number): Promise<unknown> {
    if (this.#cached > MAX_CACHED) {
      this.#arrays.clear();
      this.#cached = 0;
    }
    const path = join(this.directory, 'points.bin');
    this.#file ??= opened(path);
    const file = await this.#file;
    const { starts } = this.index;
    const bytes = new Uint8Array(starts[point + 1] - starts[point]);
    const { bytesRead } = await file.read(bytes, 0, bytes.length, starts[point]);
    const name = `${path} (point ${point})`;
    const places = new Set<string>();
    const note = (mark: ArrayMark): NumberArray => {
      if (mark.place && !this.#arrays.has(mark.place)) places.add(`${mark.kind} ${mark.place}`);
      return new Float64Array(0);
    };
    const read = bytes.subarray(0, bytesRead);
    decodeContainer(name, 'point', read, note);
    for (const place of places) await this.#load(place);
    return decodeContainer(name, 'point', read, ({ place = '' }) => this.#arrays.get(place) ?? new Float64Array(0));
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    await (await file?.catch(() => null))?.close();
  }

  async #load(what: string): Promise<void> {
    const [kind, place] = what.split(' ') as [ArrayMark['kind'], string];
    const path = join(this.directory, 'arrays', place);
    const bytes = await fileContent(path);
    if (createHash('sha256').update(bytes).digest('hex') !== place) {
      throw new DamagedFileError(`${path}: is damaged: its checksum does not match`);
    }
    this.#arrays.set(place, arrayFrom(kind, bytes));
    this.#cached += bytes.length;
  }
}

async function fileContent(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new DamagedFileError(`${path}: cannot be read: ${(error as Error).message}`);
  }
}

async function opened(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    throw new DamagedFileError(`${path}: cannot be read: ${(error as Error).message}`);
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: NumberArray): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
