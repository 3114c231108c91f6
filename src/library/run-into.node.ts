import { InvalidInputError, shellPath } from '#core';
import {
  collect,
  interruptedError,
  lacksReport,
  loadRuleIfNeeded,
  lockLostError,
  runInDirectory,
  runLocally,
  submissionsOf,
  unfinishedTasks,
  writeReport,
  writeReportOf,
  type LocalRunOptions,
  type RuleTrust,
} from '#execute';
import {
  ExperimentDocument,
  prepare,
  quickened,
  noFiles,
  reportResults,
  taskTemplate,
  type LoadRule,
  type Order,
  type ReadBytes,
  type RunReport,
  type RunResult,
} from '#experiment';
import { assertSameOrigin, lockDirectory, RunDirectory } from '#store';
import { loadDocument } from './load.node.js';
import { origin } from './origin.node.js';
import { resultsIn, type RunTable } from './read-run.node.js';
import { assertTrajectoriesFit, assertWeightsFit } from './size.js';
import { sourceOf } from './source.node.js';

export interface SweepIntoOptions extends LocalRunOptions {
  /** What error messages call the experiment; `experiment` unless given. */
  readonly name?: string;
  /** Reads the data files that it names, such as `filesIn(directory)`; without it such a name is rejected. */
  readonly read?: ReadBytes;
  /** Runs the code of the rule file that it names, such as `ruleFilesIn(directory)`; without it such a name is rejected. */
  readonly loadRule?: LoadRule;
  /** Three times the target error, in a ninth of the time. */
  readonly quick?: boolean;
}

export interface RunIntoOptions extends SweepIntoOptions {
  /** `next`: compare with the next order of the learning rate too; `leading`: without it even for time courses. */
  readonly order?: Order;
  /** Also write the final weights of every replica, with all hidden units. */
  readonly keepWeights?: boolean;
  /** Write trajectories of all hidden units, not of those that are simulated. */
  readonly allUnits?: boolean;
}

/**
 * Runs an experiment, text or object, in a run directory, as `meander run --out` does: results.parquet, report.json, probes.csv
 * and the arrays that the experiment asks for. A directory that holds a part of the same run is continued: the results do
 * not depend on interruptions. Resolves with the report. Throws CancelledError when it was stopped (what is done is kept), and
 * InvalidInputError for wrong input and for a directory that holds something else, is in use, or cannot be written.
 *
 * @group Start here
 */
export async function runInto(
  directory: string,
  content: string | object,
  { order = 'automatic', keepWeights = false, allUnits = false, ...options }: RunIntoOptions = {},
): Promise<RunReport> {
  return withDocument(content, options, async (document, read) => {
    const { quick = false } = options;
    const loaded = await loadDocument(document, read, options.loadRule);
    const { name, points } = quick ? quickened(loaded.experiment) : loaded.experiment;
    const prepared = prepare({ name, points }, order);
    if (keepWeights) assertWeightsFit(prepared);
    assertTrajectoriesFit(prepared, allUnits);
    const source = { ...sourceOf(loaded, quick, { order, allUnits }), name, prepared, keepWeights, command: 'run' };
    const result = await runInDirectory(directory, source, options, async (resultsOf, run) => {
      const kept: RunResult = await reportResults(name, prepared, resultsOf);
      await collect(run);
      return kept;
    });
    const written = prepared.map(({ point, plan }) => taskTemplate(point, plan, keepWeights));
    await writeReport(directory, { ...result, points: written, allUnits });
    return result.report;
  });
}

/**
 * Runs every point of an experiment, text or object, in a run directory, as `meander sweep` does: results.parquet. Called again,
 * it continues what was interrupted. Resolves with the table. Throws as {@link runInto}.
 *
 * @group Start here
 */
export async function sweepInto(
  directory: string,
  content: string | object,
  options: SweepIntoOptions = {},
): Promise<RunTable> {
  return withDocument(content, options, async (document, read) => {
    const { quick = false } = options;
    const loaded = await loadDocument(document, read, options.loadRule);
    const { name, points } = quick ? quickened(loaded.experiment) : loaded.experiment;
    const source = {
      ...sourceOf(loaded, quick),
      name,
      prepared: prepare({ name, points }, 'leading'),
      command: 'sweep',
    };
    return runInDirectory(directory, source, options, async (_, run) => {
      await collect(run);
      return resultsIn(run);
    });
  });
}

/**
 * Does what is left of a run directory, as `meander resume` does on one machine, whoever made it, without its experiment and data
 * files. A rule file whose code this user has not run before needs `allowRule`. Resolves with the table. Throws CancelledError when it was stopped, and InvalidInputError for a directory that is
 * none, is in use, is of another version of Meander, or was submitted to a cluster.
 */
export function resumeRun(
  directory: string,
  { allowRule, ...options }: LocalRunOptions & Pick<RuleTrust, 'allowRule'> = {},
): Promise<RunTable> {
  return RunDirectory.use(directory, async (run) => {
    assertSameOrigin(directory, run.manifest, origin());
    if ((await submissionsOf(run)).length > 0) {
      throw new InvalidInputError(
        `${directory}: was submitted to a cluster; meander resume ${shellPath(directory)} continues it`,
      );
    }
    await loadRuleIfNeeded(run, { allowRule });
    const lock = await lockDirectory(directory, 'resume');
    try {
      await run.removeTempFiles();
      const signal = options.signal ? AbortSignal.any([options.signal, lock.lost]) : lock.lost;
      const tasks = await unfinishedTasks(run);
      const complete = tasks.length === 0 || (await runLocally(run, tasks, { ...options, signal }));
      if (lock.lost.aborted) throw lockLostError(directory);
      if (!complete) throw interruptedError(directory);
      await collect(run);
      if (lacksReport(run)) await writeReportOf(run);
      return await resultsIn(run);
    } finally {
      await lock.release();
    }
  });
}

/** Runs work on an experiment; what is wrong with a key is told with its place, what is wrong with the directory has none. */
async function withDocument<T>(
  content: string | object,
  { name = 'experiment', read = noFiles }: Pick<SweepIntoOptions, 'name' | 'read'>,
  work: (document: ExperimentDocument, read: ReadBytes) => Promise<T>,
): Promise<T> {
  const document = new ExperimentDocument(name, content);
  try {
    return await work(document, read);
  } catch (error) {
    throw error instanceof InvalidInputError && error.path.length > 0 ? document.locate(error) : error;
  }
}
