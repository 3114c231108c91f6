import { columnNames, InvalidInputError } from '#core';
import { ExperimentDocument, shownQuantities } from '#experiment';
import { finishedPoints, pointOf, resultsOfRun } from '#execute';
import { RunDirectory, type Row } from '#store';
import type { Dirent } from 'node:fs';
import { readText } from '../load.js';
import { HttpError, type ServedDirectory } from './directory.js';
import { figuresOfSweep } from '../sweep/figure.js';

/** A directory that `meander run --out`, `meander reproduce` or `meander sweep` wrote. */
interface ListedRun {
  /** Path inside the served directory; empty for that itself. */
  readonly path: string;
  /** Whether it is a run directory of `meander sweep`, or one with a report.json. */
  readonly kind: 'sweep' | 'report';
  readonly files: readonly string[];
}

interface RunList {
  readonly runs: readonly ListedRun[];
  /** Whether every directory was looked at, down to the depth at which runs are looked for. */
  readonly whole: boolean;
}

/** The data files that an experiment file names. */
interface NamedData {
  /** Those that are there, as paths from the directory of the experiment file. */
  readonly data: readonly string[];
  /** Those that are not, as they are named. */
  readonly missing: readonly string[];
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

/** Below the path of a sweep, what the page is told of it: no file is served under a name that begins with a dot. */
export const SWEEP = '/.sweep';
/** Below the path of an experiment file, the data files that it names. */
export const DATA = '/.data';
const MANIFEST = 'manifest.json';
const REPORT = 'report.json';
const FIGURES = 'figures';
/** Directories below the given one in which runs are looked for, one in the other. */
const DEPTH = 4;
/** Entries of directories that are looked at. */
const MAX_ENTRIES = 10_000;
/** Rows that the page shows; more are for `meander show`. */
const MAX_ROWS = 500;
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

/** The run directories in a directory, and itself when it is one. Those inside another are not looked for. */
export async function listRuns(served: ServedDirectory): Promise<RunList> {
  const runs: ListedRun[] = [];
  let left = MAX_ENTRIES;
  let whole = true;
  let level = [''];
  for (let depth = 0; depth <= DEPTH; depth++) {
    const deeper: string[] = [];
    for (const path of level) {
      const entries = await served.entries(path);
      if (entries.length > left) {
        whole = false;
        continue;
      }
      left -= entries.length;
      const files = namesOf(entries);
      // `meander run --out` leaves both; its report says more.
      const kind = files.includes(REPORT) ? 'report' : files.includes(MANIFEST) ? 'sweep' : null;
      if (kind) {
        const figures = namesOf(await served.entries(below(path, FIGURES)));
        runs.push({ path, kind, files: [...files, ...figures.map((name) => `${FIGURES}/${name}`)] });
      }
      if (kind && path !== '') continue;
      for (const entry of entries) if (!entry.isFile()) deeper.push(below(path, entry.name));
    }
    level = deeper;
  }
  const inOrder = (a: ListedRun, b: ListedRun): number => (a.path < b.path ? -1 : 1);
  return { runs: runs.sort(inOrder), whole };
}

const below = (path: string, name: string): string => (path === '' ? name : `${path}/${name}`);

const namesOf = (entries: readonly Dirent[]): string[] =>
  entries
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();

/**
 * The data files that the experiment file of this path names: each is looked for where it is named, then beside the experiment
 * file, where a run directory has it. Throws HttpError, and InvalidInputError where the file is none.
 */
export async function dataOf(served: ServedDirectory, path: string): Promise<NamedData> {
  const { file } = await served.find(path);
  const directory = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  const [data, missing] = [new Set<string>(), new Set<string>()];
  for (const name of filesNamedIn(new ExperimentDocument(file, await readText(file)).toJS())) {
    const found = await firstServed(served, directory, [name, name.replace(/^.*\//, '')]);
    if (found === undefined) missing.add(name);
    else data.add(found);
  }
  return { data: [...data], missing: [...missing] };
}

/** Every value of a key `file`, also of one that the sweep sets. */
function filesNamedIn(node: unknown, key = ''): string[] {
  if (typeof node === 'string') return /(^|\.)file$/.test(key) ? [node] : [];
  if (Array.isArray(node)) return node.flatMap((item) => filesNamedIn(item, key));
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([own, value]) => filesNamedIn(value, own));
}

async function firstServed(
  served: ServedDirectory,
  directory: string,
  names: readonly string[],
): Promise<string | undefined> {
  for (const name of names) {
    try {
      await served.find(below(directory, name));
      return name;
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
    }
  }
  return undefined;
}

/** Reads a run directory by its path inside the served one. Throws HttpError, and InvalidInputError where it is damaged. */
export async function sweepOf(served: ServedDirectory, path: string): Promise<ShownSweep> {
  const directory = await served.locate(path);
  for (const file of READ) {
    try {
      await served.locate(below(path, file));
    } catch (error) {
      // What is missing is told by who reads it.
      if (!(error instanceof HttpError) || error.status !== 404) throw error;
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
      rows: table.rows.slice(0, MAX_ROWS).map((row) => shownColumns(row, swept)),
      allRows: table.rows.length,
      figures: await figuresOf(run, table, swept),
      missing: table.missing,
    };
  });
}

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
): Promise<ShownSweep['figures']> {
  const figures: { name: string; svg: string }[] = [];
  for (const quantity of shownQuantities('charts')) {
    const whole = rows.filter((row) => columnsOf(quantity).every((name) => typeof row[name] === 'number'));
    try {
      figures.push(...(await figuresOfSweep(run, whole, swept, { quantity, partial })));
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
