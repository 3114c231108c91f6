import { CancelledError, InvalidInputError, silent, type Progress } from '#core';
import type { TaskResult } from '#experiment';
import { assertSameOrigin, lockDirectory, RunDirectory } from '#store';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { createRun, runIdOf, type LazyRunSource, type RunSource } from './create-run.node.js';
import { differenceText } from './run-difference.node.js';
import { ProcessPool } from './process-pool/pool.node.js';
import { TaskQueue } from './process-pool/queue.node.js';
import { allowedSha256 } from './rule-file/stored.node.js';
import { resultsOf } from './stored-points.node.js';

export interface LocalRunOptions {
  /** Number of worker processes; one for each core unless given. Results do not depend on it. */
  readonly workers?: number | undefined;
  readonly progress?: Progress | undefined;
  /** Aborting saves the state of every running task and stops, within a second. */
  readonly signal?: AbortSignal | undefined;
  /** Most seconds of work that a task loses when its process is killed. */
  readonly checkpointSeconds?: number | undefined;
}

export const CHECKPOINT_SECONDS = 20;
const PROGRESS_INTERVAL_MS = 200;

/** Tasks without a record, in order. */
export async function unfinishedTasks(run: RunDirectory): Promise<number[]> {
  const finished = await run.records.finished();
  const tasks: number[] = [];
  finished.forEach((isFinished, task) => {
    if (!isFinished) tasks.push(task);
  });
  return tasks;
}

/**
 * Runs tasks of a run directory on processes of this machine, and replaces processes that die. Returns whether all
 * tasks were finished: false if it was stopped. Throws InvalidInputError when a task cannot be run or its record cannot
 * be written; the tasks finished until then are kept.
 */
export async function runLocally(
  run: RunDirectory,
  tasks: readonly number[],
  options: LocalRunOptions = {},
): Promise<boolean> {
  const {
    workers = availableParallelism(),
    progress = silent,
    signal,
    checkpointSeconds = CHECKPOINT_SECONDS,
  } = options;
  const ruleSha256 = allowedSha256(run);
  const queue = await TaskQueue.open(run, tasks);
  if (tasks.length > 0) progress.start(run.manifest.name, totalSteps(run), queue.stepsDone);
  const pool = new ProcessPool(run.path, checkpointSeconds, queue, ruleSha256);
  const stop = (): void => {
    pool.stop();
  };
  signal?.addEventListener('abort', stop);
  if (signal?.aborted) stop();
  const updateProgress = (): void => {
    progress.update(queue.stepsDone + pool.steps, queue.note);
  };
  const timer = setInterval(updateProgress, PROGRESS_INTERVAL_MS);
  try {
    await pool.run(Math.min(workers, tasks.length));
    return queue.remaining === 0;
  } finally {
    clearInterval(timer);
    signal?.removeEventListener('abort', stop);
    updateProgress();
    progress.stop();
    await queue.close();
  }
}

function totalSteps({ index: { steps, replicas } }: RunDirectory): number {
  return steps.reduce((sum, each, point) => sum + each * replicas[point], 0);
}

/**
 * Runs a source in a directory, resuming where an earlier call or process stopped, and passes the directory and a reader of
 * the results of each point to `use`. The results do not depend on interruptions. Throws CancelledError when it was stopped
 * (finished work is kept), InvalidInputError when the directory holds another run, a run of another version, or is in
 * use.
 */
export async function runInDirectory<T>(
  path: string,
  source: RunSource & { readonly command: string },
  options: LocalRunOptions,
  use: (results: (point: number) => Promise<TaskResult[]>, run: RunDirectory) => Promise<T>,
): Promise<T> {
  if (!(await RunDirectory.isAt(path))) await createRun(path, source);
  return RunDirectory.use(path, async (run) => {
    assertSameRun(run, source);
    const lock = await lockDirectory(path, source.command);
    try {
      await run.removeTempFiles();
      const signal = options.signal ? AbortSignal.any([options.signal, lock.lost]) : lock.lost;
      const complete = await runLocally(run, await unfinishedTasks(run), { ...options, signal });
      if (lock.lost.aborted) throw lockLostError(path);
      if (!complete) throw interruptedError(path);
      return await use((point) => resultsOf(run, point), run);
    } finally {
      await lock.release();
    }
  });
}

/** Another process took this one for dead and took over its lock, or the directory is gone. */
export const lockLostError = (path: string): InvalidInputError =>
  new InvalidInputError(
    existsSync(path)
      ? `${path}: another process took it over; this one stopped`
      : `${path}: was moved or removed while the run went on; meander resume continues it where it is now`,
  );

/** A run was stopped whose directory keeps what is done. */
export const interruptedError = (path: string): CancelledError =>
  new CancelledError(`interrupted; ${path} keeps the finished work, and the same command continues it`);

/**
 * Throws InvalidInputError where a run directory holds another run than that of a source, or one of another version. How its
 * replicas were dealt to tasks does not make it another run.
 */
export function assertSameRun({ path, manifest, index }: RunDirectory, source: LazyRunSource): void {
  assertSameOrigin(path, manifest, source.description);
  if (manifest.id === runIdOf(source)) return;
  const taskReplicas = index.taskReplicas.reduce((most, count) => Math.max(most, count), 1);
  if (manifest.id === runIdOf({ ...source, taskReplicas })) return;
  throw new InvalidInputError(
    `${path}: holds another run: ${differenceText(manifest, source.description)}; nothing was changed, name another directory`,
  );
}
