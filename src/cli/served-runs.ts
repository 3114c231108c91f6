import { InvalidInputError } from '#core';
import { finishedPoints, pointOf, resultsOfRun } from '#execute';
import { RunDirectory, type Row } from '#store';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { Refusal, type ServedDirectory } from './served-directory.js';
import { figureOfSweep } from './sweep/figure.js';

/** A directory that `meander run --out`, `meander reproduce` or `meander sweep` wrote. */
interface ListedRun {
  /** Path inside the served directory; empty for that itself. */
  readonly path: string;
  /** Whether it is a run directory of `meander sweep`, or one with a report.json. */
  readonly kind: 'sweep' | 'report';
  readonly files: readonly string[];
}

/** What the page is told of a run directory of `meander sweep`. */
interface ShownSweep {
  readonly name: string;
  /** The experiment file in the directory. */
  readonly file: string;
  readonly points: number;
  readonly finished: number;
  readonly swept: readonly string[];
  /** The first rows of the table, the columns that the page shows. */
  readonly rows: readonly Row[];
  readonly allRows: number;
  readonly figures: readonly { readonly name: string; readonly svg: string }[];
  /** Why there are no rows; null where there are. */
  readonly missing: string | null;
}

/** Below the path of a run directory, what the page is told of it. */
export const SWEEP = 'sweep.json';
const MANIFEST = 'manifest.json';
const REPORT = 'report.json';
const FIGURES = 'figures';
/** Rows that the page shows; more are for `meander show`. */
const MOST_ROWS = 500;
/** What is read when a run directory is opened: none may be a link that leads out. */
const READ = [
  MANIFEST,
  'points.index',
  'points.bin',
  'arrays',
  'records',
  'results.parquet',
  'results-partial.parquet',
];
const drawn = ['diffusion', 'fluctuation'] as const;

/** The run directories in a directory (a real path), and itself when it is one. */
export async function listRuns(root: string): Promise<ListedRun[]> {
  const entries = await readdir(root);
  const runs: ListedRun[] = [];
  for (const path of ['', ...entries.filter((name) => !name.startsWith('.')).sort()]) {
    const files = await filesOf(root, path);
    const kind = files.includes(MANIFEST) ? 'sweep' : files.includes(REPORT) ? 'report' : null;
    if (!kind) continue;
    const figures = await filesOf(root, join(path, FIGURES));
    runs.push({ path, kind, files: [...files, ...figures.map((name) => `${FIGURES}/${name}`)] });
  }
  return runs;
}

/** The names of the files of a directory inside the root; none for anything else. */
async function filesOf(root: string, path: string): Promise<string[]> {
  try {
    const directory = await realpath(join(root, path));
    const inside = directory === root || directory.startsWith(root + sep);
    if (!inside || !(await stat(directory)).isDirectory()) return [];
    const entries = await readdir(directory, { withFileTypes: true });
    return entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.')).map(({ name }) => name);
  } catch {
    return [];
  }
}

/** Reads a run directory by its path inside the served one. Throws Refusal, and InvalidInputError where it is damaged. */
export async function sweepOf(served: ServedDirectory, path: string): Promise<ShownSweep> {
  const directory = path === '' ? served.root : await served.locate(path);
  for (const file of READ) {
    try {
      await served.locate(path === '' ? file : `${path}/${file}`);
    } catch (error) {
      // What is missing is told by who reads it.
      if (!(error instanceof Refusal) || error.status !== 404) throw error;
    }
  }
  return RunDirectory.use(directory, async (run) => {
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
      rows: table.rows.slice(0, MOST_ROWS).map((row) => shownColumns(row, swept)),
      allRows: table.rows.length,
      figures: figuresOf(run, table.rows, swept),
      missing: table.missing,
    };
  });
}

async function tableOf(run: RunDirectory): Promise<{ rows: readonly Row[]; missing: string | null }> {
  try {
    return { rows: (await resultsOfRun(run)).rows, missing: null };
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return { rows: [], missing: error.message };
  }
}

const shownColumns = (row: Row, swept: readonly string[]): Row =>
  Object.fromEntries(
    [
      'point',
      'probe',
      ...swept,
      ...drawn.flatMap((quantity) => [`${quantity}Theory`, `${quantity}Simulation`, `${quantity}StandardError`]),
    ].map((name) => [name, row[name]]),
  );

/** The figures that `meander show --figure` would draw; none where they say nothing. */
function figuresOf(run: RunDirectory, rows: readonly Row[], swept: readonly string[]): ShownSweep['figures'] {
  return drawn.flatMap((quantity) => {
    try {
      return [figureOfSweep(run, rows, swept, { quantity })];
    } catch (error) {
      if (error instanceof InvalidInputError) return [];
      throw error;
    }
  });
}
