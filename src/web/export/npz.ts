import { zipSync } from 'fflate';

/** Files in a ZIP archive have times; a fixed one, so that equal arrays give equal bytes. */
const EPOCH = new Date(1980, 0, 1);

/** The bytes of an .npz file: a ZIP archive of .npy files, not compressed. */
export const npz = (arrays: Readonly<Record<string, Uint8Array<ArrayBuffer>>>): Uint8Array<ArrayBuffer> =>
  zipSync(Object.fromEntries(Object.entries(arrays).map(([name, bytes]) => [`${name}.npy`, bytes])), {
    level: 0,
    mtime: EPOCH,
  });
