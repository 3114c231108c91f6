import { parquetMetadata, parquetReadObjects, type FileMetaData } from 'hyparquet';
import { DamagedFileError } from '../container/container.node.js';
import { writeAtomically } from '../files/atomic-write.node.js';
import { readPlainFile } from '#core/node';
import { parquetBytes } from './parquet.js';
import type { Row, Table } from './table.js';

/** Writes a table as `parquetBytes` has it. */
export const writeParquet = (path: string, table: Table, integers: ReadonlySet<string>): Promise<void> =>
  writeAtomically(path, parquetBytes(table, integers));

/** Most bytes of a table, and most columns: a sweep has one for each key and five for each quantity. */
const MAX_BYTES = 2 ** 30;
const MAX_COLUMNS = 1000;

/**
 * Reads a table that `writeParquet` wrote. Throws DamagedFileError when it is not a Parquet file, or claims more rows than
 * `maxRows`: a few kilobytes can claim any number of them.
 */
export async function readParquet(path: string, maxRows: number): Promise<Row[]> {
  try {
    const { buffer, byteOffset, byteLength } = await readPlainFile(path, MAX_BYTES);
    const file = buffer.slice(byteOffset, byteOffset + byteLength);
    const metadata = parquetMetadata(file);
    const rows = metadata.row_groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
    const most = Math.max(rows, Number(metadata.num_rows), ...valuesOfColumns(metadata));
    if (most > maxRows) throw new Error(`it claims ${most} rows, expected at most ${maxRows}`);
    if (metadata.schema.length > MAX_COLUMNS) throw new Error(`it claims ${metadata.schema.length} columns`);
    return (await parquetReadObjects({ file, metadata })) as Row[];
  } catch (error) {
    throw new DamagedFileError(`${path}: is damaged: ${(error as Error).message}; meander collect makes it again`);
  }
}

const valuesOfColumns = ({ row_groups }: FileMetaData): number[] =>
  row_groups.flatMap(({ columns }) => columns.map(({ meta_data }) => Number(meta_data?.num_values ?? 0)));
