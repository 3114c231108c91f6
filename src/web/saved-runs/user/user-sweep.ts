import { InvalidInputError, MAX_SERVED_ROWS } from '#core';
import { resultColumns } from '#experiment';
import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { valueAt } from '../cells.js';
import type { TableView } from '../run-view.js';
import { readSweep } from '../sweep.js';

type Row = Readonly<Record<string, unknown>>;

/** Columns that every table of results has; the others are parameters. */
const known = new Set(resultColumns([], { labelled: true }).map(({ name }) => name));

/**
 * The table of a run directory of a sweep, from its manifest and its table of results, which `meander sweep` writes at the end and
 * `meander collect` at any time. Throws InvalidInputError where one is damaged.
 */
export async function readUserSweep(
  path: string,
  manifest: string,
  fileNamed: (name: string) => File | undefined,
): Promise<TableView> {
  const content = parsed(path, manifest);
  const [name, file, points] = ['name', 'file', 'points'].map((key) => valueAt(content, key));
  if (typeof name !== 'string' || typeof file !== 'string' || typeof points !== 'number')
    throw new InvalidInputError(`${path}: is not the manifest of a sweep, expected what meander sweep writes`);
  const table = fileNamed('results.parquet') ?? fileNamed('results-partial.parquet');
  const rows = table ? await rowsOf(table) : [];
  const parameters = Object.keys(rows.at(0) ?? {}).filter((column) => !known.has(column));
  return readSweep({
    name,
    file,
    points,
    finished: new Set(rows.map(({ point }) => point)).size,
    swept: parameters.filter((column) => rows.some((row) => row[column] !== rows[0][column])),
    rows: rows.slice(0, MAX_SERVED_ROWS),
    allRows: rows.length,
    figures: [],
    missing: table ? null : 'it has no table of results, which meander collect writes',
  });
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InvalidInputError(`${path}: not valid JSON: ${(error as Error).message}`);
  }
}

async function rowsOf(file: File): Promise<Row[]> {
  try {
    const rows = (await parquetReadObjects({ file: await file.arrayBuffer(), compressors })) as Row[];
    return rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value]),
      ),
    );
  } catch (error) {
    throw new InvalidInputError(`${file.name}: is damaged: ${error instanceof Error ? error.message : String(error)}`);
  }
}
