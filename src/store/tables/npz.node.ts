import { npyColumn, readNpyColumn } from '#core';
import { unzipSync, zipSync } from 'fflate';
import { writeAtomically } from '../files/atomic-write.node.js';
import type { Cell, Row, Table } from './table.js';

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

/** Most bytes of a table. */
const MAX_BYTES = 2 ** 30;

/**
 * The rows of a table of columns in the bytes of an .npz, as `writeNpz` or numpy.savez wrote it: one dimension, numbers or
 * texts; null for NaN. Throws Error that says what was found.
 */
export function npzRows(bytes: Uint8Array): Row[] {
  const files = unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      if (originalSize > MAX_BYTES)
        throw new Error(`${name} claims ${originalSize} bytes, at most ${MAX_BYTES} are read`);
      return name.endsWith('.npy');
    },
  });
  const columns = Object.entries(files).map(
    ([name, file]) => [name.replace(/\.npy$/, ''), readNpyColumn(file)] as const,
  );
  const count = columns.at(0)?.[1].length ?? 0;
  const other = columns.find(([, cells]) => cells.length !== count);
  if (other)
    throw new Error(`its array ${other[0]} has ${other[1].length} entries, expected ${count} as in ${columns[0][0]}`);
  const cell = (value: number | string): Cell => (typeof value === 'number' && Number.isNaN(value) ? null : value);
  return Array.from({ length: count }, (_, row) =>
    Object.fromEntries(columns.map(([name, cells]) => [name, cell(cells[row])])),
  );
}
