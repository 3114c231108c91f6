import { InvalidInputError } from '#core';
import { resultsOfRun } from '#execute';
import { integerColumns } from '#experiment';
import { RunDirectory, Table, writeAtomically, writeNpz, writeParquet } from '#store';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { note, type Io } from '../io.js';
import { csv } from '../tables/csv.js';
import { partialNote } from './query.js';

interface ExportInput {
  readonly dir: string;
  readonly format?: 'npz' | 'csv' | 'parquet';
  readonly to?: string;
}

export async function exportCommand({ dir, format = 'csv', to }: ExportInput, io: Io): Promise<void> {
  const { rows, partial } = await RunDirectory.use(dir, async (run) => {
    const results = await resultsOfRun(run);
    if (results.partial !== null) note(io, partialNote(run, results.partial));
    return results;
  });
  // The directory's own Parquet table is what there is to export; a copy needs a name.
  const stem = format === 'parquet' ? 'export' : 'results';
  const path = to ?? join(dir, `${stem}${partial === null ? '' : '-partial'}.${format}`);
  if (to !== undefined && existsSync(path)) {
    throw new InvalidInputError(`${path}: already exists and is not overwritten; name another file`);
  }
  const table = new Table();
  for (const row of rows) table.add(row);
  const integers = integerColumns([...table.columns.keys()]);
  if (format === 'npz') await writeNpz(path, table, integers);
  else if (format === 'parquet') await writeParquet(path, table, integers);
  else await writeAtomically(path, csv(rows));
  note(io, `${rows.length} rows in ${path}`);
}
