import { dump } from 'npyjs';

/** An array for numpy: row-major numbers and their shape. */
export interface NamedArray {
  readonly name: string;
  readonly data: Float64Array;
  readonly shape: readonly number[];
}

/** Arrays as the bytes of an .npz file: a ZIP archive of .npy files, not compressed. */
export function npz(arrays: readonly NamedArray[]): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const local: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let offset = 0;
  for (const { name, data, shape } of arrays) {
    const content = new Uint8Array(dump(data, [...shape]));
    const file = encoder.encode(`${name}.npy`);
    // Version 2.0, no flags, stored, 1 January 1980, then checksum, both sizes, length of the name, no extra field.
    const facts = [20, 0, 0, 0, 0x21].flatMap(short);
    const sizes = [
      ...long(crc32(content)),
      ...long(content.length),
      ...long(content.length),
      ...short(file.length),
      0,
      0,
    ];
    const head = Uint8Array.from([...long(0x04034b50), ...facts, ...sizes, ...file]);
    local.push(head, content);
    central.push(
      Uint8Array.from([
        ...long(0x02014b50),
        ...short(20),
        ...facts,
        ...sizes,
        // No comment, disk 0, no attributes.
        ...Array.from({ length: 10 }, () => 0),
        ...long(offset),
        ...file,
      ]),
    );
    offset += head.length + content.length;
  }
  const size = central.reduce((sum, { length }) => sum + length, 0);
  const count = short(arrays.length);
  const end = [...long(0x06054b50), 0, 0, 0, 0, ...count, ...count, ...long(size), ...long(offset), 0, 0];
  return joined([...local, ...central, Uint8Array.from(end)]);
}

const short = (value: number): number[] => [value & 255, (value >>> 8) & 255];
const long = (value: number): number[] => [...short(value), ...short(value >>> 16)];

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** The checksum of ZIP. */
function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
