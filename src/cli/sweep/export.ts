import { InvalidInputError } from '#core';
import { projectionFiles, resultsOfRun } from '#execute';
import { writeRows } from '#library';
import { RunDirectory, type Row } from '#store';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { note, type Io } from '../io.js';
import { chosenColumns, filtered, partialNote, sorted } from './query.js';

interface ExportInput {
  readonly dir: string;
  readonly format?: 'npz' | 'csv' | 'parquet';
  readonly where?: readonly string[];
  readonly sort?: string;
  readonly columns?: string;
  readonly to?: string;
}

/** Files that a note names. */
const MAX_NAMED = 4;

export async function exportCommand({ dir, format = 'csv', to, ...selection }: ExportInput, io: Io): Promise<void> {
  const {
    rows: all,
    partial,
    projections,
  } = await RunDirectory.use(dir, async (run) => {
    const results = await resultsOfRun(run);
    if (results.partial !== null) note(io, partialNote(run, results.partial));
    return { ...results, projections: await projectionFiles(run) };
  });
  const rows = selected(all, selection);
  // The directory's own Parquet table is what there is to export; a copy needs a name.
  const stem = format === 'parquet' ? 'export' : 'results';
  const path = to ?? join(dir, `${stem}${partial === null ? '' : '-partial'}.${format}`);
  if (to !== undefined && existsSync(path)) {
    throw new InvalidInputError(`${path}: already exists and is not overwritten; name another file`);
  }
  await writeRows(path, rows, format);
  note(io, `${rows.length} rows in ${path}`);
  if (projections.length > 0) note(io, projectionsNote(dir, projections));
}

/** Where the stimuli of data sets come from, which a table of their probes refers to. */
function projectionsNote(dir: string, files: readonly string[]): string {
  const named = files.slice(0, MAX_NAMED).map((name) => join(dir, name));
  const rest = files.length - named.length;
  return `the stimuli of its data are basis @ (row - mean) of ${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function selected(all: readonly Row[], { where = [], sort, columns }: Omit<ExportInput, 'dir' | 'format'>): Row[] {
  const rows = sorted(filtered(all, where), sort);
  if (rows.length === 0) throw new InvalidInputError('no row is left by --where');
  if (columns === undefined) return rows;
  const names = chosenColumns(rows[0], columns);
  return rows.map((row) => Object.fromEntries(names.map((name) => [name, row[name]])));
}
