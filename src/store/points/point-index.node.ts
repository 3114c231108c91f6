import { join } from 'node:path';
import { decodeContainer } from '../container/container.node.js';
import { readPlainFile } from '#core/node';
import { unreadable } from '../files/unreadable.node.js';

/** What can be known of all points without reading them, one number for each point. */
export interface PointIndex {
  /** Offset in points.bin, with a last entry for its end. */
  readonly starts: Float64Array;
  readonly replicas: Float64Array;
  readonly taskReplicas: Float64Array;
  readonly steps: Float64Array;
}

export const POINTS_INDEX = 'points.index';

/** Reads points.index. Throws DamagedFileError. */
export async function readIndex(directory: string): Promise<PointIndex> {
  const path = join(directory, POINTS_INDEX);
  return decodeContainer(path, 'index', await fileContent(path)) as PointIndex;
}

/** Number of the first task of each point, and at the end the number of all tasks. */
export function firstTasksOf({ replicas, taskReplicas }: PointIndex): Float64Array {
  const first = new Float64Array(replicas.length + 1);
  replicas.forEach((count, point) => {
    first[point + 1] = first[point] + Math.ceil(count / taskReplicas[point]);
  });
  return first;
}

/** A file that a whole run directory has. Throws DamagedFileError when it cannot be read. */
export async function fileContent(path: string): Promise<Uint8Array> {
  try {
    return await readPlainFile(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}
