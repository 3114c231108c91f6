import { InvalidInputError } from '#core';
import { integerColumns, readDataTable, type ResultRow } from '#experiment';
import {
  csv,
  csvRows,
  filesIn,
  npzRows,
  readErrorText,
  readParquet,
  readPlainFile,
  Table,
  writeAtomically,
  writeNpz,
  writeParquet,
} from '#store';

const MAX_ROWS = 100_000_000;
const FORMATS = '.csv, .npz or .parquet';

/** How a table is stored. */
export type TableFormat = 'csv' | 'npz' | 'parquet';

const formatOf = (path: string): TableFormat => {
  const format = /\.(csv|npz|parquet)$/i.exec(path)?.[1].toLowerCase();
  if (format !== undefined) return format as TableFormat;
  throw new InvalidInputError(`${path}: expected a file name that ends in ${FORMATS}`);
};

/**
 * Writes rows as a table, whole or not at all, in the format that the end of the name says unless it is given: CSV, NPZ (one array for each
 * column), or Parquet. All rows have the columns of the first. Throws InvalidInputError for another name and where the file
 * cannot be written.
 */
export async function writeRows(
  path: string,
  rows: readonly ResultRow[],
  format: TableFormat = formatOf(path),
): Promise<void> {
  const table = new Table();
  for (const row of rows) table.add(row);
  const integers = integerColumns([...table.columns.keys()]);
  if (format === 'npz') await writeNpz(path, table, integers);
  else if (format === 'parquet') await writeParquet(path, table, integers);
  else await writeAtomically(path, csv(rows));
}

/**
 * Reads a table that `writeRows`, `meander` or another program wrote as CSV, NPZ or Parquet; empty cells and NaN are null. Throws
 * InvalidInputError for another name, a missing file, and one that cannot be read.
 */
export async function readRows(path: string): Promise<ResultRow[]> {
  const format = formatOf(path);
  if (format === 'parquet') return readParquet(path, MAX_ROWS);
  let bytes: Uint8Array;
  try {
    bytes = await readPlainFile(path);
  } catch (error) {
    throw new InvalidInputError(`${path}: ${readErrorText(error)}, expected a table`);
  }
  try {
    return format === 'npz' ? npzRows(bytes) : csvRows(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new InvalidInputError(`${path}: cannot be read as ${format.toUpperCase()}: ${(error as Error).message}`);
  }
}

/**
 * Reads a matrix of numbers from a .npy or .csv file, as the data files of an experiment are read. Throws InvalidInputError that
 * names the row and column of a number that is missing or not finite.
 */
export const readMatrix = (path: string): ReturnType<typeof readDataTable> => readDataTable(filesIn('.'), path, []);
