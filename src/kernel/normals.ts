import { KernelInstance } from './instance.js';
import type { Kernel } from './kernel.js';
import { lanesOf, type Precision } from './precision.js';

/** Replicas whose normals are drawn together. */
const QUAD = 4;
const CHUNK = 4096;
const VECTOR = 16;

/**
 * The first `count` standard normals of four replicas (the same numbers as NormalSource over their streams), one array
 * a replica. For testing the kernel's generator by itself. `count` at most 2^27.
 */
export function kernelNormals(
  loaded: Kernel,
  seed: number,
  replicas: readonly [number, number, number, number],
  count: number,
  precision: Precision = 'f64',
): Float64Array[] {
  const kernel = new KernelInstance(loaded);
  kernel.placeStreams(seed, replicas, QUAD);
  const deviations = kernel.allocateNumbers(new Float64Array(CHUNK).fill(1), precision);
  const words = kernel.allocate(CHUNK * QUAD * 8);
  const misses = kernel.allocate(CHUNK * 4);
  const out = kernel.allocate(CHUNK * QUAD * 8);
  kernel.set({ words, misses });
  const numbers = kernel.view(precision, out, CHUNK * QUAD);
  const lanes = lanesOf(precision);
  const { normals64, normals32 } = kernel.exports;
  const results = replicas.map(() => new Float64Array(count));
  for (let done = 0; done < count; done += CHUNK) {
    const size = Math.min(CHUNK, count - done);
    if (precision === 'f64') normals64(0, deviations, out, size * VECTOR, 1, size, 0);
    else normals32(deviations, out, size);
    results.forEach((result, replica) => {
      const first = Math.floor(replica / lanes) * lanes * size + (replica % lanes);
      for (let k = 0; k < size; k++) result[done + k] = numbers[first + lanes * k];
    });
  }
  return results;
}
