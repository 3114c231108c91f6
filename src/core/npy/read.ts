import { decodeNumbers, isNumberType, sizeOf } from '../numbers.js';
import { parseNpyHeader, type NpyHeader } from './header.js';

/** An array of real numbers, row-major whatever the order in the file. */
export interface NpyArray {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

const MAGIC = [0x93, ...Array.from('NUMPY', (letter) => letter.charCodeAt(0))];

/**
 * Reads a .npy file of versions 1, 2 and 3: integer and floating-point numbers of any size, both byte orders, any
 * alignment, with exactly the bytes that the shape needs. Integers beyond 2^53 are rounded. Throws Error that says what
 * was found, before any array is made.
 */
export function readNpy(bytes: Uint8Array): NpyArray {
  const { shape, values, fortranOrder } = parseNpy(bytes);
  const data = values.buffer === bytes.buffer || values instanceof Float32Array ? Float64Array.from(values) : values;
  return { shape, data: fortranOrder ? rowMajor(data, shape) : data };
}

/** The numbers of a .npy file as they follow each other there. */
export interface NpyNumbers {
  readonly shape: readonly number[];
  /** Float32Array for single precision. May be a view of the file's bytes. */
  readonly values: Float64Array | Float32Array;
  /** Whether the first index runs fastest instead of the last. */
  readonly fortranOrder: boolean;
}

/** Reads what `readNpy` reads, without a copy where none is needed; with `booleans`, truth values too, as 0 and 1. */
export function parseNpy(bytes: Uint8Array, booleans = false): NpyNumbers {
  const { descr, fortranOrder, shape, start } = npyHeader(bytes);
  const [, order, name] = /^([<>=|]?)([a-zA-Z]\d+)$/.exec(descr) ?? ['', '', ''];
  const type = booleans && name === 'b1' ? 'u1' : name;
  if (!isNumberType(type)) {
    throw new Error(`it holds values of type '${descr}', expected integer or floating-point numbers`);
  }
  const count = shape.reduce((product, length) => product * length, 1);
  const there = bytes.byteLength - start;
  if (there !== count * sizeOf(type)) {
    const needed = `${count * sizeOf(type)} for the shape (${shape.join(' x ')})`;
    throw new Error(`${there} bytes follow its header, expected ${needed}`);
  }
  return { shape, values: decodeNumbers(bytes.subarray(start), type, order !== '>'), fortranOrder };
}

/**
 * Reads a .npy file of one dimension that `npyColumn` or NumPy wrote: numbers, or fixed-width text (`<U5`). Throws Error that
 * says what was found.
 */
export function readNpyColumn(bytes: Uint8Array): (number | string)[] {
  const { descr, shape, start } = npyHeader(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (shape.length !== 1) throw new Error(`it has ${shape.length} dimensions, expected 1`);
  const [count] = shape;
  const width = Number(/^<U(\d+)$/.exec(descr)?.[1]);
  if (Number.isNaN(width)) return Array.from(readNpy(bytes).data);
  const there = view.byteLength - start;
  if (there !== 4 * width * count) {
    throw new Error(`${there} bytes follow its header, expected ${4 * width * count} for ${count} texts`);
  }
  return Array.from({ length: count }, (_, k) => textAt(view, start + 4 * width * k, width));
}

/** UCS-4, padded with zeros. */
function textAt(view: DataView, start: number, width: number): string {
  const points = Array.from({ length: width }, (_, i) => view.getUint32(start + 4 * i, true));
  const wrong = points.find((point) => point > 0x10ffff);
  if (wrong !== undefined) throw new Error(`it holds ${wrong}, which is no character`);
  return String.fromCodePoint(...points).replace(/\0+$/, '');
}

/** The header of a .npy file and where its numbers begin, from the first bytes of the file. Throws as `readNpy`. */
export function npyHeader(bytes: Uint8Array): NpyHeader & { readonly start: number } {
  if (!MAGIC.every((byte, i) => bytes[i] === byte)) throw new Error('is not an .npy file');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength < 10) throw new Error('it ends before its header');
  const [major, minor] = [view.getUint8(6), view.getUint8(7)];
  if (major < 1 || major > 3 || minor !== 0) {
    throw new Error(`it has version ${major}.${minor} of the format, expected 1.0, 2.0 or 3.0`);
  }
  const offset = major === 1 ? 10 : 12;
  if (view.byteLength < offset) throw new Error('it ends before its header');
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const start = offset + length;
  if (start > view.byteLength) throw new Error('it ends inside its header');
  const text = new TextDecoder(major === 3 ? 'utf-8' : 'latin1').decode(bytes.subarray(offset, start));
  return { ...parseNpyHeader(text), start };
}

/** The same array with the last index running fastest instead of the first. */
function rowMajor(values: Float64Array, shape: readonly number[]): Float64Array {
  const ordered = new Float64Array(values.length);
  const index = shape.map(() => 0);
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, length) => product * length, 1));
  let place = 0;
  for (const value of values) {
    ordered[place] = value;
    for (let axis = 0; axis < shape.length; axis++) {
      place += strides[axis];
      if (++index[axis] < shape[axis]) break;
      place -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
  }
  return ordered;
}
