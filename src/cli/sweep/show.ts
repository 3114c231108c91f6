import { columnNames, InvalidInputError } from '#core';
import { loadRuleOf, pointOf, resultsOfRun } from '#execute';
import { formatCell, shownQuantities, type PointSnapshot } from '#experiment';
import { RunDirectory, type Row } from '#store';
import { lineWidth, note, type Io } from '../io.js';
import { optionName } from '../options.js';
import { terminalTable } from '../tables/terminal.js';
import { figureInputs, type FigureInput } from '../figure/input.js';
import { drawRun } from '../figure/run-figures.js';
import type { RuleConsent } from './execution.js';
import { limitTables } from './limits.js';
import { notesOf } from './notes.js';
import { chosenColumns, filtered, partialNote, sorted } from './query.js';
import { sourcesText } from './sources.js';

/** Rows that are shown unless told otherwise. */
const LIMIT = 50;

interface ShowInput extends FigureInput, RuleConsent {
  readonly dir: string;
  readonly sort?: string;
  readonly where?: readonly string[];
  readonly columns?: string;
  readonly limit?: number;
  readonly json?: boolean;
  readonly figure?: boolean;
  readonly sources?: boolean;
}

export async function showCommand({ dir, ...options }: ShowInput, io: Io): Promise<void> {
  const without = options.figure ? undefined : figureInputs.find((key) => options[key] !== undefined);
  if (without !== undefined) throw new InvalidInputError(`${optionName(without)} is for figures: add --figure`);
  if (options.figure && options.sources)
    throw new InvalidInputError('--figure and --sources exclude each other; give one');
  await RunDirectory.use(dir, async (run) => {
    const first = await pointOf(run, 0);
    const swept = [...first.swept];
    const results = await resultsOfRun(run);
    if (results.partial !== null) note(io, partialNote(run, results.partial));
    const selected = filtered(results.rows, options.where ?? []);
    const rows = sorted(selected, options.sort);
    if (rows.length === 0) throw new InvalidInputError(`no row of ${dir} is left by --where`);
    if (options.figure) {
      await loadRule(run, options, io);
      const { paths, replaced } = await drawRun(run, rows, swept, { ...options, partial: results.partial });
      note(io, `the figure is ${paths.join(', ')}${replaced ? '; it replaces the one that was there' : ''}`);
    } else if (options.sources) {
      io.stdout.write(sourcesText(rows, options.json ?? false, options.limit ?? LIMIT, lineWidth(io.stdout)));
    } else if (options.json) {
      io.stdout.write(`${JSON.stringify(rows)}\n`);
    } else {
      const limit = options.limit ?? LIMIT;
      const width = lineWidth(io.stdout);
      io.stdout.write(tableOf(rows, columnsOf(rows[0], swept, options.columns), first, limit, width));
      io.stdout.write(await limitTables(run, selected, limit, width));
      for (const line of notesOf(rows)) note(io, line);
    }
  });
}

/** Without the code of its rule, a figure has no theory between the swept values. */
async function loadRule(run: RunDirectory, { allowRule }: RuleConsent, io: Io): Promise<void> {
  try {
    await loadRuleOf(run, { allowRule, env: io.env });
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    note(io, `no theory between the swept values: ${error.message}`);
  }
}

const columnsOf = (row: Row, swept: readonly string[], chosen: string | undefined): string[] =>
  chosen === undefined
    ? [...swept, ...chosenColumns(row, ['probe', ...quantitiesOf(row)].join(','))]
    : chosenColumns(row, chosen);

/** A table made before a quantity was known has no columns of it. */
const quantitiesOf = (row: Row): string[] =>
  shownQuantities('tables').filter((name) => Object.hasOwn(row, columnNames(name).theory));

function tableOf(
  rows: readonly Row[],
  columns: readonly string[],
  { swept, theory }: PointSnapshot,
  limit: number,
  width: number,
): string {
  const values = columns.findIndex((name) => ![...swept, 'point', 'probe'].includes(name));
  const table = terminalTable(columns, { width, keys: Math.max(values, 0) });
  for (const row of rows.slice(0, limit))
    table.push(columns.map((name) => (name === 'probe' ? probeCell(row, theory.probes) : formatCell(name, row))));
  const rest = rows.length - limit;
  return `${table.toString()}\n${rest > 0 ? `and ${rest} more rows; --limit ${rows.length} shows them\n` : ''}`;
}

/** The number of a probe, with its label where it has one. */
function probeCell(row: Row, probes: PointSnapshot['theory']['probes']): string {
  const label = probes.at(Number(row.probe) - 1)?.label;
  return label === undefined ? formatCell('probe', row) : `${formatCell('probe', row)} ${label}`;
}
