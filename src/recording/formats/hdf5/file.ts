import type * as Hdf5 from 'h5wasm';
import type { Container } from '../../container.js';
import { datasetEntries } from './datasets.js';
import type { Hdf5Library } from './library.js';
import { matlabVariables } from './matlab.js';
import { octaveVariables } from './octave.js';

const NWB_HINT =
  '; spike times and traces of an NWB file become responses by examples/recordings/from_nwb.py (docs/recordings.md)';

/**
 * The datasets of an HDF5 file, which NWB files and netCDF-4 files are too; of a MAT file of version 7.3, or of Octave's, the
 * variables, with the axes that MATLAB and Octave show. Throws Error.
 */
export async function openHdf5(library: Hdf5Library, path: string, close?: () => void): Promise<Container> {
  (await library.ready).activate_throwing_error_handler();
  let file: Hdf5.File;
  try {
    file = new library.File(path, 'r');
  } catch {
    close?.();
    throw new Error('is no HDF5 file, or it is damaged or cut off');
  }
  const end = (): void => {
    file.close();
    close?.();
  };
  try {
    const variables = matlabVariables(library, file) ?? octaveVariables(library, file);
    return {
      entries: variables ?? datasetEntries(library, file),
      noun: variables ? 'variable' : 'dataset',
      ...('nwb_version' in file.attrs ? { hint: NWB_HINT } : {}),
      close: end,
    };
  } catch (error) {
    end();
    throw (error as Error).message.startsWith('HDF5-DIAG') ? new Error('is damaged: its groups cannot be read') : error;
  }
}
