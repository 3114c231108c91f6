import { InvalidInputError } from '#core';
import { pointOf, resultsOfRun } from '#execute';
import { RunDirectory, type Row } from '#store';
import Table from 'cli-table3';
import { drawSweep } from './figure.js';
import { notesOf } from './notes.js';
import { filtered, partialNote, requireColumn, sorted } from './query.js';

interface ShowOptions {
  readonly sort?: string;
  readonly where?: readonly string[];
  readonly columns?: string;
  readonly limit?: number;
  readonly json?: boolean;
  readonly figure?: boolean;
  readonly quantity?: string;
  readonly probe?: number;
}

export async function showCommand(directory: string, options: ShowOptions): Promise<void> {
  await RunDirectory.use(directory, async (run) => {
    const swept = [...(await pointOf(run, 0)).swept];
    const results = await resultsOfRun(run);
    if (results.partial !== null) console.error(partialNote(run, results.partial));
    const rows = sorted(filtered(results.rows, options.where ?? []), options.sort);
    if (rows.length === 0) throw new InvalidInputError(`no row of ${directory} is left by --where`);
    if (options.figure) {
      const paths = await drawSweep(run, rows, swept, { ...options, partial: results.partial });
      console.error(`the figure is ${paths.join(' and ')}`);
    } else if (options.json) {
      process.stdout.write(`${JSON.stringify(rows)}\n`);
    } else {
      process.stdout.write(tableOf(rows, columnsOf(rows[0], swept, options.columns), options.limit ?? 50));
      for (const note of notesOf(rows)) console.error(note);
    }
  });
}

function columnsOf(row: Row, swept: readonly string[], chosen: string | undefined): string[] {
  const columns = chosen?.split(',') ?? [
    ...swept,
    'probe',
    ...['fluctuation', 'diffusion'].flatMap((quantity) => [
      `${quantity}Theory`,
      `${quantity}Simulation`,
      `${quantity}Ratio`,
    ]),
  ];
  for (const name of columns) requireColumn('--columns', row, name);
  return columns;
}

function tableOf(rows: readonly Row[], columns: readonly string[], limit: number): string {
  const table = new Table({
    head: [...columns],
    style: { head: [], border: [], compact: true },
    colAligns: columns.map(() => 'right'),
  });
  for (const row of rows.slice(0, limit)) table.push(columns.map((name) => text(row, name)));
  const rest = rows.length - limit;
  return `${table.toString()}\n${rest > 0 ? `and ${rest} more rows; --limit ${rows.length} shows them\n` : ''}`;
}

/** A number to four digits, a measured one with its standard error. */
function text(row: Row, name: string): string {
  const value = row[name];
  if (typeof value !== 'number') return value ?? '-';
  const error = row[name.replace(/Simulation$/, 'StandardError').replace(/Ratio$/, 'RatioStandardError')];
  const short = (number: number): string => String(Number(number.toPrecision(4)));
  const measured = /(Simulation|Ratio)$/.test(name) && typeof error === 'number';
  return measured ? `${short(value)} ± ${Number(error.toPrecision(2))}` : short(value);
}
