import { openPlainFile } from '#core/node';
import { endingOf, type Opened } from '../formats.js';
import { openHdf5 } from './file.js';
import { isHdf5 } from './library.js';

/** Enough to tell what a file is. */
const START_BYTES = 4096;

/**
 * The datasets or variables of an HDF5 file, of any size: only what is asked for is read. Null where a file has another format,
 * or cannot be read.
 */
export async function hdf5At(path: string): Promise<Opened | null> {
  if (!['.h5', '.hdf5', '.nwb', '.nc', '.mat'].includes(endingOf(path) ?? '')) return null;
  const file = await openPlainFile(path).catch(() => null);
  if (!file) return null;
  const start = new Uint8Array(START_BYTES);
  await file.read(start).finally(() => file.close());
  if (!isHdf5(start)) return null;
  return { kind: 'arrays', container: await openHdf5(await import('h5wasm/node'), path) };
}
