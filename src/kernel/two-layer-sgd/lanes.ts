import type { KernelInstance } from '../instance.js';

/** Replicas that are measured together, one in each lane of an f64 vector. */
export const LANES = 2;

/** Copies the numbers of one lane of vectors at `address`. */
export function readLane(kernel: KernelInstance, address: number, lane: number, into: Float64Array): Float64Array {
  const numbers = kernel.view('f64', address, LANES * into.length);
  for (let i = 0; i < into.length; i++) into[i] = numbers[LANES * i + lane];
  return into;
}

/** Copies numbers into one lane of vectors at `address`. */
export function writeLane(kernel: KernelInstance, address: number, lane: number, from: Float64Array): void {
  const numbers = kernel.view('f64', address, LANES * from.length);
  for (let i = 0; i < from.length; i++) numbers[LANES * i + lane] = from[i];
}
