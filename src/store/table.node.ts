import { parquetReadObjects } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { readFile } from 'node:fs/promises';
import { writeAtomically } from './atomic.node.js';
import { DamagedFileError } from './container.node.js';

export type Cell = number | string | null;
export type Row = Readonly<Record<string, Cell>>;

/** A table by columns; INT32 where the maker says so, else DOUBLE or STRING by what it holds. */
export class Table {
  readonly columns = new Map<string, Cell[]>();
  rows = 0;

  /** Adds a row; every row must have the keys of the first. */
  add(row: Row): void {
    if (this.rows === 0) for (const name of Object.keys(row)) this.columns.set(name, []);
    for (const [name, cells] of this.columns) cells.push(row[name] ?? null);
    this.rows++;
  }
}

/**
 * Writes a Parquet file (no compression: measured numbers hold none) whose bytes depend on the rows alone. `integers` names
 * the columns of whole numbers below 2^31.
 */
export async function writeParquet(
  path: string,
  { columns, rows }: Table,
  integers: ReadonlySet<string>,
): Promise<void> {
  const columnData = [...columns].map(([name, cells]) => {
    const texts = cells.some((cell) => typeof cell === 'string');
    return {
      name,
      data: texts ? cells.map((cell) => (cell === null ? null : String(cell))) : cells,
      type: texts ? ('STRING' as const) : integers.has(name) ? ('INT32' as const) : ('DOUBLE' as const),
      nullable: !integers.has(name),
    };
  });
  const buffer = parquetWriteBuffer({ columnData, codec: 'UNCOMPRESSED', rowGroupSize: Math.max(rows, 1) });
  await writeAtomically(path, new Uint8Array(buffer));
}

/** Reads a table that `writeParquet` wrote. Throws DamagedFileError when it is no Parquet file. */
export async function readParquet(path: string): Promise<Row[]> {
  const { buffer, byteOffset, byteLength } = await readFile(path);
  try {
    return (await parquetReadObjects({ file: buffer.slice(byteOffset, byteOffset + byteLength) })) as Row[];
  } catch (error) {
    throw new DamagedFileError(`${path}: is damaged: ${(error as Error).message}; meander collect makes it again`);
  }
}
