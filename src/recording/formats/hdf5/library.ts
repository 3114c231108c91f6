import type * as Hdf5 from 'h5wasm';

/** One of the builds of h5wasm, which differ in where they find files. */
export type Hdf5Library = Pick<typeof Hdf5, 'ready' | 'Module' | 'File' | 'Dataset' | 'Group'>;

/** The eight bytes that HDF5 files have at their beginning, or after 512 bytes or a power of two times that. */
const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/** Whether bytes are those of an HDF5 file, MATLAB's too, which begins with 512 bytes of its own. */
export const isHdf5 = (bytes: Uint8Array): boolean =>
  [0, 512, 1024, 2048].some((at) => SIGNATURE.every((byte, k) => bytes[at + k] === byte));
