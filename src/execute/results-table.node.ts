import { InvalidInputError, shellPath } from '#core';
import { integerColumns, MAX_PROBES, snapshotRows } from '#experiment';
import {
  assertChecksums,
  readParquet,
  RunDirectory,
  Table,
  writeChecksums,
  writeError,
  writeParquet,
  type Row,
} from '#store';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeProjections } from './projections.node.js';
import { pointOf, resultsOf } from './stored-points.node.js';

/** File of the table of results in a run directory, and of a table of only the points that are finished. */
const RESULTS = 'results.parquet';
const PARTIAL_RESULTS = 'results-partial.parquet';
const checksumsOf = (name: string): string => `${name}.sha256`;

/** The table of a run, of all points or of those that were finished when it was made. */
interface Results {
  readonly rows: Row[];
  /** Number of points in a partial table; null for that of all points. */
  readonly partial: number | null;
}

/** Throws InvalidInputError when no table has been made yet. */
export async function resultsOfRun(run: RunDirectory): Promise<Results> {
  const whole = join(run.path, RESULTS);
  const maxRows = run.manifest.points * MAX_PROBES;
  const advice = `meander collect ${shellPath(run.path)} makes it again`;
  if (existsSync(whole)) {
    await assertChecksums(run.path, advice, checksumsOf(RESULTS));
    return { rows: await readParquet(whole, maxRows), partial: null };
  }
  const partial = join(run.path, PARTIAL_RESULTS);
  if (!existsSync(partial)) {
    throw new InvalidInputError(
      `${run.path}: has no table yet; meander collect ${shellPath(run.path)} makes it of a finished run`,
    );
  }
  await assertChecksums(run.path, advice, checksumsOf(PARTIAL_RESULTS));
  const rows = await readParquet(partial, maxRows);
  return { rows, partial: new Set(rows.map(({ point }) => point)).size };
}

/** For each point, whether all its tasks have records. */
export async function finishedPoints(run: RunDirectory): Promise<boolean[]> {
  const finished = await run.records.finished();
  const points: boolean[] = [];
  for (let point = 0; point < run.manifest.points; point++) {
    const [first, end] = [run.firstTasks[point], run.firstTasks[point + 1]];
    // A phase without tasks of its own is done by those of the phase before.
    points.push(first === end ? points[point - 1] : finished.subarray(first, end).every(Boolean));
  }
  return points;
}

/**
 * Makes the table of results from the records: a row for each probe at each point, in order, so that its bytes do not
 * depend on which process ran which task. Reads one point at a time. Returns the path. Throws InvalidInputError when a
 * point is not finished (unless `partial`), or a record is damaged; then no table is written. Beside it goes how data sets
 * became stimuli, once it is known that there is a table to make.
 */
export async function collect(run: RunDirectory, { partial = false } = {}): Promise<string> {
  await run.records.packComplete();
  const finished = await finishedPoints(run);
  const count = finished.filter((isFinished) => isFinished).length;
  if (count === 0 || (count < finished.length && !partial)) {
    throw new InvalidInputError(
      `${run.path}: ${count} of ${finished.length} points are finished; meander resume ${shellPath(run.path)} continues` +
        (count > 0 ? `, collect --partial makes a table of those` : ''),
    );
  }
  await writeProjections(run);
  const table = new Table();
  for (const [point, isFinished] of finished.entries()) {
    if (!isFinished) continue;
    const summaries = (await resultsOf(run, point)).flatMap((result) => result.summaries);
    for (const row of snapshotRows(point, await pointOf(run, point), summaries)) table.add(row);
  }
  const name = count < finished.length ? PARTIAL_RESULTS : RESULTS;
  const path = join(run.path, name);
  // Without it while the table is replaced: a process killed in between must not make a good table look damaged.
  await rm(join(run.path, checksumsOf(name)), { force: true }).catch((error: unknown) => {
    throw writeError(path, error);
  });
  await writeParquet(path, table, integerColumns([...table.columns.keys()]));
  await writeChecksums(run.path, [name], checksumsOf(name));
  return path;
}
