import { parquetWriteBuffer } from 'hyparquet-writer';
import { Table, type Row } from './table.js';

/**
 * A table as a Parquet file whose bytes depend on the rows alone: INT32 for the columns named in `integers` (whole numbers
 * below 2^31), else STRING for columns with strings, and DOUBLE. Uncompressed, because measured numbers do not
 * compress.
 */
export function parquetBytes({ columns, rows }: Table, integers: ReadonlySet<string>): Uint8Array<ArrayBuffer> {
  const columnData = [...columns].map(([name, cells]) => {
    const hasStrings = cells.some((cell) => typeof cell === 'string');
    return {
      name,
      data: hasStrings ? cells.map((cell) => (cell === null ? null : String(cell))) : cells,
      type: hasStrings ? ('STRING' as const) : integers.has(name) ? ('INT32' as const) : ('DOUBLE' as const),
      nullable: !integers.has(name) || cells.includes(null),
    };
  });
  return new Uint8Array(parquetWriteBuffer({ columnData, codec: 'UNCOMPRESSED', rowGroupSize: Math.max(rows, 1) }));
}

/** Rows as Parquet; a table without rows has its columns all the same. */
export function parquetOfRows(
  columns: readonly { readonly name: string; readonly isInteger?: boolean }[],
  rows: readonly Row[],
): Uint8Array<ArrayBuffer> {
  const table = new Table();
  for (const { name } of columns) table.columns.set(name, []);
  for (const row of rows) table.add(row);
  return parquetBytes(table, new Set(columns.filter(({ isInteger }) => isInteger).map(({ name }) => name)));
}
