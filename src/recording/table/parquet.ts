import type { Cell } from './column.js';
import { assertPages } from './parquet-pages.js';
import { columnsOf, TableBuilder, type LongTable } from './rows.js';

const MAX_ROWS = 2 ** 29;

/** A long table in Parquet, with any of its compressions. Throws Error that says what was found. */
export async function readParquetTable(bytes: Uint8Array): Promise<LongTable> {
  const [{ parquetMetadata, parquetRead, parquetSchema }, { compressors }] = await Promise.all([
    import('hyparquet'),
    import('hyparquet-compressors'),
  ]);
  const { buffer, byteOffset, byteLength } = bytes;
  const file = {
    byteLength,
    slice: (start: number, end?: number) =>
      buffer.slice(byteOffset + start, byteOffset + (end ?? byteLength)) as ArrayBuffer,
  };
  const metadata = orDamaged(() => parquetMetadata(file.slice(0)));
  const { children } = parquetSchema(metadata);
  const names = children.map(({ element }) => element.name);
  const columns = columnsOf(names);
  const rows = metadata.row_groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
  const claims = metadata.row_groups.flatMap((group) =>
    group.columns.map(({ meta_data }) => Number(meta_data?.num_values ?? 0)),
  );
  if (Math.max(rows, Number(metadata.num_rows), ...claims) > MAX_ROWS) {
    throw new Error(`it claims ${metadata.num_rows} rows, at most ${MAX_ROWS} are read`);
  }
  const builder = new TableBuilder(columns.keys());
  for (const [name, place] of columns) {
    const { element, children: inner } = children[place];
    if (inner.length > 0 || element.repetition_type === 'REPEATED') {
      throw new Error(`its column ${name} holds lists or structures, expected one value in each row`);
    }
    orDamaged(() => {
      for (const { columns: chunks } of metadata.row_groups) {
        const column = chunks.find(({ meta_data }) => meta_data?.path_in_schema[0] === names[place])?.meta_data;
        if (column) assertPages(bytes, column, element.repetition_type !== 'REQUIRED', compressors);
      }
    });
    const pieces: { readonly start: number; readonly cells: ArrayLike<Cell> }[] = [];
    await orDamaged(() =>
      parquetRead({
        file,
        metadata,
        compressors,
        columns: [names[place]],
        onChunk: ({ columnData, rowStart }) => {
          pieces.push({ start: rowStart, cells: columnData as ArrayLike<Cell> });
        },
      }),
    );
    let row = 0;
    for (const { cells } of pieces.sort((a, b) => a.start - b.start)) {
      for (let k = 0; k < cells.length; k++) builder.add(name, cells[k], ++row);
    }
    if (row !== rows) throw new Error(`its column ${name} has ${row} values, expected one for each of ${rows} rows`);
  }
  return builder.finish();
}

/** Runs what reads a Parquet file, with an error that says so in place of the library's. */
function orDamaged<T>(read: () => T): T {
  const explain = (error: unknown): never => {
    throw new Error(`is no Parquet file, or it is damaged or cut off (${(error as Error).message})`);
  };
  try {
    const result = read();
    return result instanceof Promise ? (result.catch(explain) as T) : result;
  } catch (error) {
    return explain(error);
  }
}
