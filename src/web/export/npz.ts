import { zipSync } from 'fflate';
import { dump } from 'npyjs';

/** An array for numpy: row-major numbers and their shape. */
export interface NamedArray {
  readonly name: string;
  readonly data: Float64Array;
  readonly shape: readonly number[];
}

/** Arrays as the bytes of an .npz file: a ZIP archive of .npy files, not compressed, the same for the same arrays. */
export const npz = (arrays: readonly NamedArray[]): Uint8Array<ArrayBuffer> =>
  zipSync(
    Object.fromEntries(arrays.map(({ name, data, shape }) => [`${name}.npy`, new Uint8Array(dump(data, [...shape]))])),
    { level: 0, mtime: new Date(1980, 0, 1) },
  );
