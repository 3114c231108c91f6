import { parquetReadObjects } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { readFile } from 'node:fs/promises';
import { DamagedFileError } from '../container/container.node.js';
import { writeAtomically } from '../files/atomic-write.node.js';
import type { Row, Table } from './table.js';

/**
 * Writes a Parquet file whose bytes depend on the rows alone: INT32 for the columns named in `integers` (whole numbers
 * below 2^31), else STRING for columns with strings, and DOUBLE. Uncompressed, because measured numbers do not
 * compress.
 */
export async function writeParquet(
  path: string,
  { columns, rows }: Table,
  integers: ReadonlySet<string>,
): Promise<void> {
  const columnData = [...columns].map(([name, cells]) => {
    const hasStrings = cells.some((cell) => typeof cell === 'string');
    return {
      name,
      data: hasStrings ? cells.map((cell) => (cell === null ? null : String(cell))) : cells,
      type: hasStrings ? ('STRING' as const) : integers.has(name) ? ('INT32' as const) : ('DOUBLE' as const),
      nullable: !integers.has(name),
    };
  });
  const buffer = parquetWriteBuffer({ columnData, codec: 'UNCOMPRESSED', rowGroupSize: Math.max(rows, 1) });
  await writeAtomically(path, new Uint8Array(buffer));
}

/** Reads a table that `writeParquet` wrote. Throws DamagedFileError when it is not a Parquet file. */
export async function readParquet(path: string): Promise<Row[]> {
  const { buffer, byteOffset, byteLength } = await readFile(path);
  try {
    return (await parquetReadObjects({ file: buffer.slice(byteOffset, byteOffset + byteLength) })) as Row[];
  } catch (error) {
    throw new DamagedFileError(`${path}: is damaged: ${(error as Error).message}; meander collect makes it again`);
  }
}
