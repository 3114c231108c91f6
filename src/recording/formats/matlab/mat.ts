import type { Container } from '../../container.js';
import { isHdf5 } from '../hdf5/library.js';
import { mat5Container } from './mat5.js';

const VERSIONS = 'expected MAT files of version 5 (save -v6 or -v7) or 7.3 (save -v7.3)';

/** The variables of a MAT file of version 5, 7 or 7.3. Throws Error that says what was found. */
export async function matContainer(bytes: Uint8Array): Promise<Container> {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 128));
  if (start.startsWith('# Created by Octave')) throw new Error(`is a text file of Octave, ${VERSIONS}`);
  if (/^.{0,3}\0/s.test(start)) throw new Error(`is a MAT file of version 4 or no MAT file, ${VERSIONS}`);
  return isHdf5(bytes) ? (await import('../hdf5/in-memory.js')).hdf5InMemory(bytes) : mat5Container(bytes);
}
