import type { SparseMatrix } from '#linalg';
import type { KernelInstance } from './instance.js';

const VECTOR = 16;

/** Lays a sparse matrix out as `sparseTimes` in assembly/algebra.ts takes it; its address. */
export function placeSparse(kernel: KernelInstance, { starts, columns, values }: SparseMatrix): number {
  const startBytes = Math.ceil((starts.length * 4) / VECTOR) * VECTOR;
  const address = kernel.allocate(startBytes + values.length * VECTOR);
  kernel.integers(address, starts.length).set(starts);
  const numbers = kernel.view('f64', address + startBytes, 2 * values.length);
  const offsets = kernel.integers(address + startBytes, 4 * values.length);
  values.forEach((value, at) => {
    numbers[2 * at] = value;
    offsets[4 * at + 2] = columns[at] * VECTOR;
  });
  return address;
}
