import type { KernelInstance, Piece } from './instance.js';

/** Bytes of the clock of a stepper: scale and age as f64. */
const CLOCK_BYTES = 16;

const bytesOf = (pieces: readonly Piece[]): number => CLOCK_BYTES + pieces.reduce((sum, { length }) => sum + length, 0);

/** The clock of a kernel and some pieces of its memory, copied. */
export function saveMemory(kernel: KernelInstance, pieces: readonly Piece[]): Uint8Array {
  const saved = new Uint8Array(bytesOf(pieces));
  new Float64Array(saved.buffer, 0, 2).set([kernel.get('scale'), kernel.get('age')]);
  let at = CLOCK_BYTES;
  for (const piece of pieces) {
    saved.set(kernel.bytes(piece), at);
    at += piece.length;
  }
  return saved;
}

/** Puts them back. Throws RangeError when the bytes are not as many as were saved. */
export function restoreMemory(kernel: KernelInstance, pieces: readonly Piece[], saved: Uint8Array): void {
  const expected = bytesOf(pieces);
  if (saved.length !== expected) throw new RangeError(`found ${saved.length} bytes, expected ${expected}`);
  const [scale, age] = new Float64Array(saved.slice(0, CLOCK_BYTES).buffer);
  kernel.set({ scale, age });
  let at = CLOCK_BYTES;
  for (const piece of pieces) {
    kernel.bytes(piece).set(saved.subarray(at, at + piece.length));
    at += piece.length;
  }
}
