import type { KernelInstance, MemoryRange } from './instance.js';

/** Bytes of the clock of a stepper: scale and age as f64. */
const CLOCK_BYTES = 16;

const bytesOf = (ranges: readonly MemoryRange[]): number =>
  CLOCK_BYTES + ranges.reduce((sum, { length }) => sum + length, 0);

/** A copy of a kernel's clock and of some ranges of its memory. */
export function saveMemory(kernel: KernelInstance, ranges: readonly MemoryRange[]): Uint8Array {
  const saved = new Uint8Array(bytesOf(ranges));
  new Float64Array(saved.buffer, 0, 2).set([kernel.get('scale'), kernel.get('age')]);
  let at = CLOCK_BYTES;
  for (const range of ranges) {
    saved.set(kernel.bytes(range), at);
    at += range.length;
  }
  return saved;
}

/** Copies them back. Throws RangeError when their number is not that of the ranges. */
export function restoreMemory(kernel: KernelInstance, ranges: readonly MemoryRange[], saved: Uint8Array): void {
  const expected = bytesOf(ranges);
  if (saved.length !== expected) throw new RangeError(`found ${saved.length} bytes, expected ${expected}`);
  const [scale, age] = new Float64Array(saved.slice(0, CLOCK_BYTES).buffer);
  kernel.set({ scale, age });
  let at = CLOCK_BYTES;
  for (const range of ranges) {
    kernel.bytes(range).set(saved.subarray(at, at + range.length));
    at += range.length;
  }
}
