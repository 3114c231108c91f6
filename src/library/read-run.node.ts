import { InvalidInputError } from '#core';
import { finishedPoints, pointOf, resultsOf, resultsOfRun } from '#execute';
import { trajectoriesOf, type ResultRow, type RunReport, type TaskResult, type Trajectories } from '#experiment';
import { readErrorText, readPlainFile, RunDirectory } from '#store';
import { join } from 'node:path';
import { statusOf, type RunStatus } from './status.node.js';

/** The table of a run directory. */
export interface RunTable {
  /** A row for each probe at each point; the columns are those of `resultColumns`. */
  readonly rows: readonly ResultRow[];
  /** Points in the table where it is one of `collect --partial`; null where it has all. */
  readonly partial: number | null;
  /** Names of the columns of what the sweep sets, in its order. */
  readonly swept: readonly string[];
}

export const resultsIn = async (run: RunDirectory): Promise<RunTable> => ({
  ...(await resultsOfRun(run)),
  swept: (await pointOf(run, 0)).swept,
});

/** Reads the table of a run directory. Throws InvalidInputError where there is none yet, or it is damaged. */
export const readTable = (directory: string): Promise<RunTable> => RunDirectory.use(directory, resultsIn);

/** How far a run has come, by its records. Throws InvalidInputError where the directory is no run directory. */
export const readStatus = (directory: string): Promise<RunStatus> => RunDirectory.use(directory, statusOf);

/** The experiment of a run directory with all defaults, and where it is from. Throws InvalidInputError. */
export const readManifest = (directory: string): Promise<RunDirectory['manifest']> =>
  RunDirectory.use(directory, (run) => Promise.resolve(run.manifest));

/** The report of a finished `meander run --out` or `runInto`. Throws InvalidInputError where there is none. */
export async function readReport(directory: string): Promise<RunReport> {
  const path = join(directory, 'report.json');
  try {
    return JSON.parse((await readPlainFile(path)).toString()) as RunReport;
  } catch (error) {
    const text = error instanceof SyntaxError ? 'is damaged: it is not valid JSON' : readErrorText(error);
    throw new InvalidInputError(`${path}: ${text}, expected the report of a finished run`);
  }
}

/**
 * The representations over time of every replica at a finished point (from 0), which trajectorySamples keeps: what
 * `meander collect --trajectories` writes as Zarr. Throws InvalidInputError for a point that is not there or not finished.
 */
export const readTrajectories = (directory: string, point = 0): Promise<Trajectories> =>
  RunDirectory.use(directory, async (run) => {
    const finished = await finishedPoints(run);
    if (finished.at(point) === undefined || point < 0) {
      throw new InvalidInputError(`${directory}: found point ${point}, expected 0 to ${finished.length - 1}`);
    }
    if (!finished[point]) throw new InvalidInputError(`${directory}: point ${point} is not finished`);
    const { task } = await pointOf(run, point);
    const results: TaskResult[] = await resultsOf(run, point);
    return trajectoriesOf(
      task.measurement,
      results.flatMap(({ summaries }) => summaries),
    );
  });
