import { KernelInstance } from './instance.js';

/** Replicas whose normals are drawn together. */
const QUAD = 4;
const CHUNK = 4096;

/**
 * The first `count` standard normals of four replicas (the same numbers as NormalSource over their streams), one array
 * a replica. For testing the kernel's generator by itself. `count` at most 2^27.
 */
export function kernelNormals(
  module: WebAssembly.Module,
  seed: number,
  replicas: readonly [number, number, number, number],
  count: number,
): Float64Array[] {
  const kernel = new KernelInstance(module);
  kernel.placeStreams(seed, replicas, QUAD);
  const deviations = kernel.allocateNumbers(new Float64Array(CHUNK).fill(1), 'f64');
  const words = kernel.allocate(CHUNK * QUAD * 8);
  const misses = kernel.allocate(CHUNK * 4);
  const out = kernel.allocate(CHUNK * QUAD * 8);
  kernel.set({ words, misses });
  const numbers = kernel.view('f64', out, CHUNK * QUAD);
  const results = replicas.map(() => new Float64Array(count));
  for (let done = 0; done < count; done += CHUNK) {
    const size = Math.min(CHUNK, count - done);
    kernel.exports.normals64(deviations, out, size);
    results.forEach((result, replica) => {
      const first = (replica < 2 ? 0 : 2 * size) + (replica % 2);
      for (let k = 0; k < size; k++) result[done + k] = numbers[first + 2 * k];
    });
  }
  return results;
}
