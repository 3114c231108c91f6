import type { Container } from '../../container.js';
import { openHdf5 } from './file.js';
import { isHdf5 } from './library.js';

let files = 0;

/** The datasets or variables of an HDF5 file in memory. Loads the HDF5 library. Throws Error. */
export async function hdf5InMemory(bytes: Uint8Array): Promise<Container> {
  if (!isHdf5(bytes)) throw new Error('is no HDF5 file, or it is damaged or cut off');
  const library = await import('h5wasm');
  const { FS } = await library.ready;
  const path = `/recording-${files++}`;
  // The file system of the library may keep these bytes, which it does not change.
  FS.createDataFile('/', path.slice(1), bytes, true, false, true);
  return openHdf5(library, path, () => {
    FS.unlink(path);
  });
}
