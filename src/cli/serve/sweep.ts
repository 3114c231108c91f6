import { columnNames, InvalidInputError, MAX_SERVED_ROWS, type ServedSweep } from '#core';
import { shownQuantities } from '#experiment';
import { finishedPoints, pointOf, resultsOfRun } from '#execute';
import { RunDirectory, type Row } from '#store';
import { stat } from 'node:fs/promises';
import { figuresOfRun } from '../figure/run-figures.js';
import type { ServedDirectory } from './directory.js';
import { HttpError } from './http-error.js';
import { below, MANIFEST, runAround } from './list-runs.js';

/** Below the path of a sweep, what the page is told of it: no file is served under a name that begins with a dot. */
export const SWEEP = '/.sweep';
/** What is read when a run directory is opened: none may be a link that leads out. */
const READ = [
  MANIFEST,
  'points.index',
  'points.bin',
  'arrays',
  'records',
  'results.parquet',
  'results-partial.parquet',
  'results.parquet.sha256',
  'results-partial.parquet.sha256',
  'checksums.sha256',
];

/** How often a run directory is read again whose files were replaced meanwhile. */
const ATTEMPTS = 3;

/** Reads a listed run directory by its path inside the served one. Throws HttpError, and InvalidInputError where it is damaged. */
export function sweepOf(served: ServedDirectory, path: string): Promise<ServedSweep> {
  return served.use(path, async (directory, parts) => {
    if ((await runAround(served, parts))?.length !== parts.length) throw new HttpError(404, 'there is no such run');
    // Paths of this machine are nobody's business who reads the page.
    const shown = (text: string): string => text.replaceAll(directory, parts.join('/') || '.');
    try {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const before = await changeTime(directory);
        await assertNoLinksOut(served, path);
        const found = await readSweep(directory);
        // A file that gave way to a link for a moment changed the directory.
        if ((await changeTime(directory)) === before)
          return { ...found, missing: found.missing && shown(found.missing) };
      }
    } catch (error) {
      throw error instanceof InvalidInputError ? new InvalidInputError(shown(error.message)) : error;
    }
    throw new HttpError(503, 'the run directory changes while it is read; try again');
  });
}

const changeTime = async (directory: string): Promise<bigint> => (await stat(directory, { bigint: true })).ctimeNs;

async function assertNoLinksOut(served: ServedDirectory, path: string): Promise<void> {
  for (const file of READ) {
    try {
      await served.locate(below(path, file));
    } catch (error) {
      // What is missing is reported by its reader.
      if (!(error instanceof HttpError) || error.status !== 404) throw error;
    }
  }
}

const readSweep = (directory: string): Promise<ServedSweep> =>
  RunDirectory.use(directory, async (run) => {
    const { swept } = await pointOf(run, 0);
    const finished = (await finishedPoints(run)).filter((is) => is).length;
    const table = await tableOf(run);
    const { name, file, points } = run.manifest;
    return {
      name,
      file,
      points,
      finished,
      swept,
      rows: table.rows.slice(0, MAX_SERVED_ROWS).map((row) => shownColumns(row, swept)),
      allRows: table.rows.length,
      figures: await figuresOf(run, table, swept),
      missing: table.missing,
    };
  });

interface ReadTable {
  readonly rows: readonly Row[];
  /** Points in it, where that is not all. */
  readonly partial: number | null;
  /** Why there is none. */
  readonly missing: string | null;
}

async function tableOf(run: RunDirectory): Promise<ReadTable> {
  try {
    return { ...(await resultsOfRun(run)), missing: null };
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return { rows: [], partial: null, missing: error.message };
  }
}

const shownColumns = (row: Row, swept: readonly string[]): Row =>
  Object.fromEntries(
    ['point', 'probe', ...swept, ...shownQuantities('tables').flatMap(columnsOf)].map((name) => [name, row[name]]),
  );

/** The figures that `meander show --figure` would draw, of the rows that have all numbers; none where they say nothing. */
async function figuresOf(
  run: RunDirectory,
  { rows, partial }: ReadTable,
  swept: readonly string[],
): Promise<ServedSweep['figures']> {
  const figures: { name: string; svg: string }[] = [];
  // One figure shows all of a run without a sweep.
  for (const quantity of swept.length === 0 ? [undefined] : shownQuantities('charts')) {
    const columns = quantity === undefined ? [] : columnsOf(quantity);
    const whole = rows.filter((row) => columns.every((name) => typeof row[name] === 'number'));
    try {
      const drawn = await figuresOfRun(run, whole, swept, { quantity, partial });
      figures.push(...drawn.map(({ name, svg }) => ({ name, svg })));
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
    }
  }
  return figures;
}

function columnsOf(quantity: string): string[] {
  const { theory, simulation, simulationError } = columnNames(quantity);
  return [theory, simulation, simulationError];
}
