import { parseNpyHeader } from './header.js';

/** An array of real numbers, row-major whatever the order in the file. */
export interface NpyArray {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

const MAGIC = [0x93, ...Array.from('NUMPY', (letter) => letter.charCodeAt(0))];

type Reader = (view: DataView, at: number, isLittle: boolean) => number;

const readers: Readonly<Record<string, readonly [size: number, read: Reader]>> = {
  i1: [1, (view, at) => view.getInt8(at)],
  u1: [1, (view, at) => view.getUint8(at)],
  i2: [2, (view, at, isLittle) => view.getInt16(at, isLittle)],
  u2: [2, (view, at, isLittle) => view.getUint16(at, isLittle)],
  i4: [4, (view, at, isLittle) => view.getInt32(at, isLittle)],
  u4: [4, (view, at, isLittle) => view.getUint32(at, isLittle)],
  i8: [8, (view, at, isLittle) => Number(view.getBigInt64(at, isLittle))],
  u8: [8, (view, at, isLittle) => Number(view.getBigUint64(at, isLittle))],
  f2: [2, (view, at, isLittle) => half(view.getUint16(at, isLittle))],
  f4: [4, (view, at, isLittle) => view.getFloat32(at, isLittle)],
  f8: [8, (view, at, isLittle) => view.getFloat64(at, isLittle)],
};

/**
 * Reads a .npy file of versions 1, 2 and 3: integer and floating-point numbers of any size, both byte orders, any
 * alignment, with exactly the bytes that the shape needs. Integers beyond 2^53 are rounded. Throws Error that says what
 * was found, before any array is made.
 */
export function readNpy(bytes: Uint8Array): NpyArray {
  if (!MAGIC.every((byte, i) => bytes[i] === byte)) throw new Error('is not an .npy file');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { text, start } = headerText(view);
  const { descr, fortranOrder, shape } = parseNpyHeader(text);
  const [, order, type] = /^([<>=|]?)([a-zA-Z]\d+)$/.exec(descr) ?? ['', '', ''];
  if (!Object.hasOwn(readers, type)) {
    throw new Error(`it holds values of type '${descr}', expected integer or floating-point numbers`);
  }
  const [size, read] = readers[type];
  const count = shape.reduce((product, length) => product * length, 1);
  const there = view.byteLength - start;
  if (there !== count * size) {
    throw new Error(`${there} bytes follow its header, expected ${count * size} for the shape (${shape.join(' x ')})`);
  }
  const isLittle = order !== '>';
  const values = new Float64Array(count);
  for (let k = 0; k < count; k++) values[k] = read(view, start + k * size, isLittle);
  return { shape, data: fortranOrder ? rowMajor(values, shape) : values };
}

/**
 * Reads a .npy file of one dimension that `npyColumn` or NumPy wrote: numbers, or fixed-width text (`<U5`). Throws Error that
 * says what was found.
 */
export function readNpyColumn(bytes: Uint8Array): (number | string)[] {
  if (!MAGIC.every((byte, i) => bytes[i] === byte)) throw new Error('is not an .npy file');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { text, start } = headerText(view);
  const { descr, shape } = parseNpyHeader(text);
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

function headerText(view: DataView): { readonly text: string; readonly start: number } {
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
  const bytes = new Uint8Array(view.buffer, view.byteOffset + offset, length);
  return { text: new TextDecoder(major === 3 ? 'utf-8' : 'latin1').decode(bytes), start };
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

/** IEEE 754 half precision: sign, five bits of exponent, ten of fraction. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}
