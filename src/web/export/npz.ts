import { zipSync } from 'fflate';

/** An array for NumPy: row-major numbers and their shape. */
export interface NamedArray {
  readonly name: string;
  readonly data: Float64Array;
  readonly shape: readonly number[];
}

/** Files in a ZIP archive have times; a fixed one, so that equal arrays give equal bytes. */
const EPOCH = new Date(1980, 0, 1);

/** Arrays as the bytes of an .npz file: a ZIP archive of .npy files, not compressed. */
export const npz = (arrays: readonly NamedArray[]): Uint8Array<ArrayBuffer> =>
  zipSync(Object.fromEntries(arrays.map((array) => [`${array.name}.npy`, npy(array)])), { level: 0, mtime: EPOCH });

/** Bytes before the header of an .npy file, and what the length of both together is a multiple of. */
const PREAMBLE = 10;
const ALIGNMENT = 64;

/**
 * An .npy file, version 1.0. It is written here because a library for all types would be larger than the rest of the
 * export.
 */
function npy({ data, shape }: NamedArray): Uint8Array {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const description = `{'descr': '<f8', 'fortran_order': False, 'shape': (${sizes}), }`;
  const start = ALIGNMENT * Math.ceil((PREAMBLE + description.length + 1) / ALIGNMENT);
  const file = new Uint8Array(start + data.byteLength);
  const header = new TextEncoder().encode(`NUMPY\x01\0\0\0${description.padEnd(start - PREAMBLE - 1)}\n`);
  file.set([0x93]);
  file.set(header, 1);
  new DataView(file.buffer).setUint16(8, start - PREAMBLE, true);
  file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), start);
  return file;
}
