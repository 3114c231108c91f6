import { InvalidInputError } from '#core';
import { INTEGERS, resultsOfRun } from '#execute';
import { RunDirectory, Table, writeAtomically, writeNpz, writeParquet } from '#store';
import Papa from 'papaparse';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
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
  if (format === 'npz') await writeNpz(path, table, INTEGERS);
  else if (format === 'parquet') await writeParquet(path, table, INTEGERS);
  else await writeAtomically(path, `${Papa.unparse([...rows], { newline: '\n' })}\n`);
  console.error(`${rows.length} rows in ${path}`);
}
