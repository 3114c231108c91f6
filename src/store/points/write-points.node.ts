import { createHash } from 'node:crypto';
import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeContainer } from '../container/container.node.js';
import type { NumberArray } from '../container/serialize.js';
import { POINTS_INDEX, type PointIndex } from './point-index.node.js';

/** A point as the run directory sees it. */
export interface StoredPoint {
  readonly replicas: number;
  /** Replicas of one task; the last task of a point may have fewer. */
  readonly taskReplicas: number;
  /** Steps of each replica. */
  readonly steps: number;
  /** Plain data; the store does not look inside. */
  readonly content: unknown;
}

/** Arrays from this size on (data sets, large references) are stored once for all points. */
const SHARED_ARRAY_BYTES = 65_536;

/**
 * The bytes of a point in points.bin. Arrays that are stored once for all points are passed to `share` with their
 * names.
 */
function encodePoint(content: unknown, share: (name: string, array: NumberArray) => void): Uint8Array {
  return encodeContainer('point', content, (array) => {
    if (array.byteLength < SHARED_ARRAY_BYTES) return null;
    const name = createHash('sha256').update(bytesOf(array)).digest('hex');
    share(name, array);
    return name;
  });
}

/** SHA-256 of what fixes the results: the points, and how they are split into tasks. */
class PointHash {
  readonly #hash = createHash('sha256');

  add(bytes: Uint8Array, { replicas, taskReplicas }: StoredPoint): void {
    this.#hash.update(bytes).update(`${replicas} ${taskReplicas}\n`);
  }

  end(): string {
    return this.#hash.digest('hex');
  }
}

/** The hash that `writePoints` returns, without writing anything. */
export function hashPoints(points: Iterable<StoredPoint>): string {
  const hash = new PointHash();
  for (const point of points) {
    const bytes = encodePoint(point.content, () => undefined);
    hash.add(bytes, point);
  }
  return hash.end();
}

/** Writes points.bin, points.index and arrays/ into a new directory. Returns the SHA-256 of what fixes the results. */
export async function writePoints(directory: string, points: Iterable<StoredPoint>): Promise<string> {
  const pending = new Map<string, NumberArray>();
  const written = new Set<string>();
  const hash = new PointHash();
  const [starts, replicas, taskReplicas, steps]: number[][] = [[0], [], [], []];
  await mkdir(join(directory, 'arrays'));
  const file = await open(join(directory, 'points.bin'), 'w');
  try {
    for (const point of points) {
      const bytes = encodePoint(point.content, (name, array) => {
        if (!written.has(name)) pending.set(name, array);
      });
      for (const [name, array] of pending) {
        await writeFile(join(directory, 'arrays', name), bytesOf(array), { flush: true });
        written.add(name);
      }
      pending.clear();
      // Not `write`, which may write only a part of it when the disk is nearly full.
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
  await writeFile(join(directory, POINTS_INDEX), encodeContainer('index', index), { flush: true });
  return hash.end();
}

const bytesOf = ({ buffer, byteOffset, byteLength }: NumberArray): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
