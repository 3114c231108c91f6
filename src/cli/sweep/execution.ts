import { formatSteps, InvalidInputError, shellPath } from '#core';
import {
  clusterState,
  collect,
  interruptedError,
  lacksReport,
  runLocally,
  submissionsOf,
  submitTasks,
  lockLostError,
  unfinishedTasks,
  writeReportOf,
} from '#execute';
import type { LocalRunOptions, Site } from '#execute';
import { ExperimentDocument } from '#experiment';
import { lockDirectory, RunDirectory, type Lock } from '#store';
import { join } from 'node:path';
import { note, type Io } from '../io.js';
import { readText, withKeyLocation } from '../load.js';
import { noteKernel } from '../native/note.js';
import { consoleProgress } from '../progress.js';
import { onInterruption } from '../signals.js';
import { activeText } from './array-tasks.js';
import type { SiteOptions } from './site.js';

/** The user's consent to the code of a rule file in a run directory. */
export interface RuleConsent {
  readonly allowRule?: boolean;
}

/** How the tasks of a run directory are done: here, or on a cluster. */
export interface ExecutionOptions extends SiteOptions, RuleConsent {
  readonly workers?: number;
  readonly checkpoint?: number;
}

/** Opens a run directory and holds its lock while `work` goes on. Throws InvalidInputError where another process holds it. */
export function locked(
  directory: string,
  command: string,
  work: (run: RunDirectory, lock: Lock) => Promise<void>,
): Promise<void> {
  return RunDirectory.use(directory, async (run) => {
    const lock = await lockDirectory(directory, command);
    try {
      await work(run, lock);
    } finally {
      await lock.release();
    }
  });
}

/** The options of the local executor. Throws InvalidInputError where they are given for a cluster. */
export function localOptions({ workers, checkpoint }: ExecutionOptions, site: Site | null): LocalRunOptions {
  if (site && workers !== undefined) throw new InvalidInputError('--workers is for this machine; give --cpus');
  if (site && checkpoint !== undefined)
    throw new InvalidInputError('--checkpoint is for this machine; array tasks use 20 s');
  return { workers, checkpointSeconds: checkpoint };
}

/** Submits the tasks that have no record and are not queued. */
export async function submit(run: RunDirectory, site: Site, io: Io): Promise<void> {
  const { lost, active } = await clusterState(run, await submissionsOf(run), io.env);
  if (active === 0) await run.removeTempFiles();
  if (lost.length === 0) {
    note(
      io,
      active > 0
        ? `nothing to submit: ${activeText(active)}; meander status ${shellPath(run.path)} shows their progress`
        : `nothing to submit: all tasks are done; meander collect ${shellPath(run.path)} makes the table`,
    );
    return;
  }
  const made = await submitTasks(run, lost, site, io.env).catch((error: unknown) => {
    if (!(error instanceof InvalidInputError)) throw error;
    throw new InvalidInputError(
      `${error.message}; ${run.path} keeps the run: meander resume ${shellPath(run.path)} submits it again, with --executor local it is done here`,
    );
  });
  const arrayTasks = made.reduce((sum, submission) => sum + submission.arrayTasks.length, 0);
  const jobs = made.flatMap((submission) => submission.jobs ?? []).join(', ');
  const steps = lost.reduce((sum, task) => sum + run.stepsOf(task), 0) / arrayTasks;
  note(
    io,
    `submitted ${lost.length} tasks in ${arrayTasks} array tasks as ${jobs}, ${formatSteps(Math.round(steps))} replica-steps each; meander status ${shellPath(run.path)} shows their progress`,
  );
}

/** Does what is left of a run on this machine and makes the table. Throws CancelledError where it was interrupted. */
export async function finish(
  run: RunDirectory,
  lock: Lock,
  execution: LocalRunOptions,
  io: Io,
  consent: RuleConsent = {},
): Promise<void> {
  await run.removeTempFiles();
  const tasks = await unfinishedTasks(run);
  if (tasks.length > 0) {
    noteKernel(io);
    const progress = consoleProgress(io);
    await onInterruption(io, async (interrupted) => {
      const signal = AbortSignal.any([interrupted, lock.lost]);
      const complete = await withKeyLocation(
        () => documentOf(run),
        () => runLocally(run, tasks, { ...execution, progress, signal }),
      );
      if (lock.lost.aborted) throw lockLostError(run.path);
      if (!complete) throw interruptedError(run.path);
    });
  }
  const { points } = run.manifest;
  note(io, `${points === 1 ? '1 point is' : `${points} points are`} done; the table is ${await collect(run)}`);
  await finishReport(run, io, consent);
}

/** Writes the report of a finished run that `meander run` began and did not end. */
export async function finishReport(run: RunDirectory, io: Io, { allowRule }: RuleConsent): Promise<void> {
  if (!lacksReport(run)) return;
  await writeReportOf(run, { allowRule, env: io.env });
  note(io, `the report is ${join(run.path, 'report.json')}`);
}

/** The copy of the experiment file that the run keeps. */
async function documentOf({ path, manifest }: RunDirectory): Promise<ExperimentDocument> {
  const file = join(path, manifest.file);
  return new ExperimentDocument(file, await readText(file));
}
