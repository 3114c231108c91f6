import { decodeNumbers, sizeOf, type NumberType } from '#core';

/** A piece of a MAT file of version 5: a type and its data. */
export interface Element {
  readonly type: number;
  readonly data: Uint8Array;
  /** Where the next one begins. */
  readonly next: number;
}

export const MATRIX = 14;
export const COMPRESSED = 15;
export const [UTF8, UTF16, UTF32] = [16, 17, 18];
const TAG_BYTES = 8;
const ALIGNMENT = 8;

/** Types of elements that hold numbers. */
const numberTypes: Readonly<Record<number, NumberType>> = {
  1: 'i1',
  2: 'u1',
  3: 'i2',
  4: 'u2',
  5: 'i4',
  6: 'u4',
  7: 'f4',
  9: 'f8',
  12: 'i8',
  13: 'u8',
};

/** A number of four bytes. Throws Error where the file ends before it. */
export function wordAt(bytes: Uint8Array, at: number, isLittleEndian: boolean): number {
  if (at + 4 > bytes.length) throw new Error('is cut off: it ends inside a variable');
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, isLittleEndian);
}

/** The element that begins at a place. Data of up to four bytes stand in its tag. Throws Error where it is cut off. */
export function elementAt(bytes: Uint8Array, at: number, isLittleEndian: boolean): Element {
  const first = wordAt(bytes, at, isLittleEndian);
  const isSmall = first >>> 16 !== 0;
  const [type, size] = isSmall ? [first & 0xffff, first >>> 16] : [first, wordAt(bytes, at + 4, isLittleEndian)];
  if (isSmall && size > 4) throw new Error(`is damaged: an element claims ${size} bytes in a tag of four`);
  const start = at + (isSmall ? 4 : TAG_BYTES);
  if (start + size > bytes.length) {
    throw new Error(
      `is cut off: a variable claims ${size} bytes, of which ${Math.max(0, bytes.length - start)} are there`,
    );
  }
  const padded = type === COMPRESSED ? size : ALIGNMENT * Math.ceil(size / ALIGNMENT);
  return { type, data: bytes.subarray(start, start + size), next: isSmall ? at + TAG_BYTES : start + padded };
}

/** The numbers of an element. Throws Error where it holds none, or not as many as expected. */
export function numbersOf(
  { type, data }: Element,
  isLittleEndian: boolean,
  count?: number,
): Float64Array | Float32Array {
  if (!Object.hasOwn(numberTypes, type))
    throw new Error(`is damaged: an element of type ${type} stands where numbers do`);
  const name = numberTypes[type];
  if (data.length % sizeOf(name) !== 0 || (count !== undefined && data.length !== count * sizeOf(name))) {
    throw new Error(
      `is damaged: ${data.length} bytes hold its numbers, expected ${(count ?? 1) * sizeOf(name)}${count === undefined ? ' or a multiple' : ''}`,
    );
  }
  return decodeNumbers(data, name, isLittleEndian);
}
