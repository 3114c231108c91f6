import { Inflate, inflateSync } from 'fflate';

/** Deflated data are at most this many times smaller than what they hold. */
const MAX_RATIO = 1032;
const PIECE = 512;

/** The first bytes of deflated data: at least `count`, or all if there are fewer. Throws Error on damaged data. */
export function inflateHead(deflated: Uint8Array, count: number): Uint8Array {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const stream = new Inflate((piece) => {
    pieces.push(piece);
    length += piece.length;
  });
  naming(() => {
    for (let at = 0; at < deflated.length && length < count; at += PIECE) {
      stream.push(deflated.subarray(at, at + PIECE), at + PIECE >= deflated.length);
    }
  });
  const head = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    head.set(piece, at);
    at += piece.length;
  }
  return head;
}

/** Deflated data that hold this many bytes. Throws Error, before any array is made where the number is impossible. */
export function inflate(deflated: Uint8Array, size: number): Uint8Array {
  if (size > MAX_RATIO * (deflated.length + 1)) {
    throw new Error(`is damaged: ${deflated.length} compressed bytes claim to hold ${size}`);
  }
  const bytes = naming(() => inflateSync(deflated, { out: new Uint8Array(size) }));
  if (bytes.length !== size) throw new Error(`is damaged: it claims to hold ${size} bytes and holds ${bytes.length}`);
  return bytes;
}

function naming<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw new Error(`is damaged or cut off: its compressed data cannot be read (${(error as Error).message})`);
  }
}
