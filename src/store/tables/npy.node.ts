import { npyBytes } from '#core';
import { writeAtomically } from '../files/atomic-write.node.js';

/** Writes a float64 array of the given shape (row-major) as .npy. */
export async function writeNpy(path: string, data: Float64Array, shape: readonly number[]): Promise<void> {
  await writeAtomically(path, npyBytes('<f8', shape, data));
}
