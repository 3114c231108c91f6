import { InvalidInputError } from '#core';
import { resultsOfRun } from '#execute';
import { integerColumns } from '#experiment';
import { RunDirectory, Table, writeAtomically, writeNpz, writeParquet } from '#store';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { csv } from '../tables/csv.js';
import { partialNote } from './query.js';

const formats = ['npz', 'csv', 'parquet'] as const;

export async function exportCommand(directory: string, options: { format: string; to?: string }): Promise<void> {
  const format = formats.find((name) => name === options.format);
  if (!format) throw new InvalidInputError(`--format ${options.format}: expected npz, csv or parquet`);
  const { rows, partial } = await RunDirectory.use(directory, async (run) => {
    const results = await resultsOfRun(run);
    if (results.partial !== null) console.error(partialNote(run, results.partial));
    return results;
  });
  // The directory's own Parquet table is what there is to export; a copy needs a name.
  const stem = format === 'parquet' ? 'export' : 'results';
  const path = options.to ?? join(directory, `${stem}${partial === null ? '' : '-partial'}.${format}`);
  if (options.to !== undefined && existsSync(path)) {
    throw new InvalidInputError(`${path}: is there already; nothing is overwritten, name another file`);
  }
  const table = new Table();
  for (const row of rows) table.add(row);
  const integers = integerColumns([...table.columns.keys()]);
  if (format === 'npz') await writeNpz(path, table, integers);
  else if (format === 'parquet') await writeParquet(path, table, integers);
  else await writeAtomically(path, csv(rows));
  console.error(`${rows.length} rows in ${path}`);
}
