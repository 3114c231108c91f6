import { npyBytes } from '#core';
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
  zipSync(Object.fromEntries(arrays.map((array) => [`${array.name}.npy`, npyBytes('<f8', array.shape, array.data)])), {
    level: 0,
    mtime: EPOCH,
  });
