import { npyColumn } from '#core';
import { zipSync } from 'fflate';
import { writeAtomically } from '../files/atomic-write.node.js';
import type { Table } from './table.js';

/** The time of every file in the archive, so that equal tables give equal bytes. */
const EPOCH = new Date(1980, 0, 1);

/**
 * Writes the columns of a table as arrays of one .npz: int32 for the columns named in `integers`, fixed-width text for
 * columns with strings, and float64 (NaN for empty cells) for all others.
 */
export async function writeNpz(path: string, { columns }: Table, integers: ReadonlySet<string>): Promise<void> {
  const files: Record<string, Uint8Array> = {};
  for (const [name, cells] of columns) files[`${name}.npy`] = npyColumn(cells, integers.has(name));
  await writeAtomically(path, zipSync(files, { level: 6, mtime: EPOCH }));
}
