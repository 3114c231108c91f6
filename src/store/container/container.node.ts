import { InvalidInputError } from '#core';
import { createHash } from 'node:crypto';
import { arrayFrom, bytesPer, deserialize, serialize, type ArrayMark, type NumberArray } from './serialize.js';

/** What a container can hold. The numbers are part of the file format. */
const containerKinds = { record: 1, checkpoint: 2, point: 3, index: 4 } as const;
type ContainerKind = keyof typeof containerKinds;

const MAGIC = Buffer.from('MEANDER\n', 'latin1');
/** Version of the layout below. A change of the layout makes old files unreadable and needs a new number. */
export const FORMAT = 1;
export const HEADER_BYTES = 32;
const CHECKSUM_BYTES = 32;

/** A file of a run directory does not hold what was written: truncated, damaged, or of another format. */
export class DamagedFileError extends InvalidInputError {
  override readonly name = 'DamagedFileError';
}

/**
 * A self-checking block of binary data, little-endian:
 *   8 bytes "MEANDER\n", u32 format, u32 kind, u32 J, u32 zero, u64 P, then J bytes of JSON (padded with spaces to a
 *   multiple of 8), P bytes of arrays (each padded with zeros to a multiple of 8), and the SHA-256 of all before.
 * The JSON holds the value, with {"#": {kind, length}} for each array, in order.
 */
export function encodeContainer(
  kind: ContainerKind,
  value: unknown,
  elsewhere?: (array: NumberArray) => string | null,
): Uint8Array {
  const { json, arrays } = serialize(value, elsewhere);
  const bare = Buffer.from(JSON.stringify(json));
  const text = Buffer.alloc(padded(bare.length), ' ');
  bare.copy(text);
  const payload = arrays.reduce((sum, { byteLength }) => sum + padded(byteLength), 0);
  const bytes = Buffer.alloc(HEADER_BYTES + text.length + payload + CHECKSUM_BYTES);
  MAGIC.copy(bytes);
  bytes.writeUInt32LE(FORMAT, 8);
  bytes.writeUInt32LE(containerKinds[kind], 12);
  bytes.writeUInt32LE(text.length, 16);
  bytes.writeBigUInt64LE(BigInt(payload), 24);
  text.copy(bytes, HEADER_BYTES);
  let at = HEADER_BYTES + text.length;
  for (const { buffer, byteOffset, byteLength } of arrays) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += padded(byteLength);
  }
  createHash('sha256').update(bytes.subarray(0, at)).digest().copy(bytes, at);
  return bytes;
}

/** Bytes of a whole container, from its header. Throws DamagedFileError whose message begins with `name`. */
export function containerLength(name: string, header: Uint8Array): number {
  const view = Buffer.from(header.buffer, header.byteOffset, header.byteLength);
  if (view.length < HEADER_BYTES) {
    throw new DamagedFileError(`${name}: is cut short: ${view.length} bytes, less than a header`);
  }
  if (!view.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw new DamagedFileError(`${name}: is damaged or not a file of Meander: it does not begin with MEANDER`);
  }
  const format = view.readUInt32LE(8);
  if (format !== FORMAT) {
    throw new DamagedFileError(`${name}: has the format ${format}, this version of Meander reads ${FORMAT}`);
  }
  return HEADER_BYTES + view.readUInt32LE(16) + Number(view.readBigUInt64LE(24)) + CHECKSUM_BYTES;
}

/**
 * The value in a container. `fetch` returns an array that is stored in another file. Throws DamagedFileError, whose
 * message begins with `name`, when the bytes are not those that were written.
 */
export function decodeContainer(
  name: string,
  kind: ContainerKind,
  bytes: Uint8Array,
  fetch: (mark: ArrayMark) => NumberArray = () => {
    throw new DamagedFileError(`${name}: refers to another file`);
  },
): unknown {
  const expected = containerLength(name, bytes.subarray(0, HEADER_BYTES));
  if (bytes.length < expected) {
    throw new DamagedFileError(`${name}: is cut short: ${bytes.length} of ${expected} bytes`);
  }
  const end = expected - CHECKSUM_BYTES;
  const checksum = createHash('sha256').update(bytes.subarray(0, end)).digest();
  if (bytes.length > expected || !checksum.equals(bytes.subarray(end, expected))) {
    throw new DamagedFileError(`${name}: is damaged: its checksum does not match`);
  }
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = view.readUInt32LE(12);
  if (found !== containerKinds[kind]) {
    throw new DamagedFileError(`${name}: has the kind ${found}, expected ${containerKinds[kind]} (${kind})`);
  }
  const textEnd = HEADER_BYTES + view.readUInt32LE(16);
  let at = textEnd;
  return deserialize(JSON.parse(view.toString('utf8', HEADER_BYTES, textEnd)) as unknown, (mark) => {
    if (mark.place !== undefined) return fetch(mark);
    const size = mark.length * bytesPer(mark.kind);
    const array = arrayFrom(mark.kind, bytes.subarray(at, at + size));
    at += padded(size);
    return array;
  });
}

const padded = (size: number): number => Math.ceil(size / 8) * 8;
