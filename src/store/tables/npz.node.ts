import { npyBytes } from '#core';
import { zipSync } from 'fflate';
import { writeAtomically } from '../files/atomic-write.node.js';
import type { Table } from './table.js';

/** The time of every file in the archive, so that equal tables give equal bytes. */
const EPOCH = new Date(1980, 0, 1);

/**
 * Writes the columns of a table as arrays of one .npz: int32 for the columns named in `integers`, fixed-width text for
 * columns with strings, and float64 (NaN for empty cells) for all others.
 */
export async function writeNpz(path: string, { columns, rows }: Table, integers: ReadonlySet<string>): Promise<void> {
  const files: Record<string, Uint8Array> = {};
  for (const [name, cells] of columns) {
    if (cells.some((cell) => typeof cell === 'string')) {
      files[`${name}.npy`] = textArray(cells.map((cell) => String(cell ?? '')));
    } else if (integers.has(name)) {
      files[`${name}.npy`] = npyBytes('<i4', [rows], Int32Array.from(cells, Number));
    } else {
      files[`${name}.npy`] = npyBytes(
        '<f8',
        [rows],
        Float64Array.from(cells, (cell) => (cell === null ? NaN : Number(cell))),
      );
    }
  }
  await writeAtomically(path, zipSync(files, { level: 6, mtime: EPOCH }));
}

/** UCS-4, padded with zeros, as NumPy stores text. */
function textArray(texts: readonly string[]): Uint8Array {
  const points = texts.map((text) => Array.from(text, (letter) => letter.codePointAt(0) ?? 0));
  const width = Math.max(1, ...points.map(({ length }) => length));
  const data = new Uint32Array(texts.length * width);
  points.forEach((codes, row) => {
    data.set(codes, row * width);
  });
  return npyBytes(`<U${width}`, [texts.length], data);
}
