import { CancelledError, InvalidInputError } from '#core';
import { snapshotPoint, taskReplicas, type PointSnapshot, type PreparedPoint, type TaskResult } from '#experiment';
import { lockDirectory, assertSameOrigin, RunDirectory, type RunDescription, type StoredPoint } from '#store';
import { runLocally, type LocalRunOptions } from './process-pool/pool.node.js';
import { resultsOf } from './points.node.js';

/** What a run directory is made from. */
export interface RunSource {
  readonly description: Omit<RunDescription, 'name' | 'seeds'>;
  /** The experiment file as it was given. */
  readonly text: string;
  readonly name: string;
  readonly prepared: readonly PreparedPoint[];
  /** Replicas of one task; depends on the number of replicas unless given. Results do not depend on it. */
  readonly taskReplicas?: number | undefined;
}

/** The same with points that are prepared when they are asked for, once. */
type PointSource = Omit<RunSource, 'prepared'> & { readonly prepared: Iterable<PreparedPoint> };

/** Makes a run directory. Throws InvalidInputError when the path is occupied. */
export function createRun(path: string, source: PointSource): Promise<void> {
  const { name, description, text } = source;
  const seeds = new Set<number>();
  const points = storedPoints(source, ({ plan }) => seeds.add(plan.seed));
  return RunDirectory.create(path, () => ({ ...description, name, seeds: [...seeds] }), text, points);
}

function* storedPoints(
  source: PointSource,
  seen: (point: PreparedPoint) => void = () => undefined,
): Generator<StoredPoint> {
  for (const point of source.prepared) {
    seen(point);
    const content: PointSnapshot = snapshotPoint(point);
    const { burnIn, measurement } = content.task;
    yield {
      content,
      replicas: content.replicas,
      taskReplicas: sizeOf(source, content.replicas),
      steps: burnIn + (measurement.samples - 1) * measurement.lag,
    };
  }
}

/** Replica-steps of every task that a source is cut into. */
export function taskSteps(source: PointSource): number[] {
  const all: number[] = [];
  for (const { replicas, taskReplicas: size, steps } of storedPoints(source)) {
    for (let first = 0; first < replicas; first += size) all.push(Math.min(size, replicas - first) * steps);
  }
  return all;
}

const sizeOf = ({ taskReplicas: size }: PointSource, replicas: number): number =>
  Math.min(size ?? taskReplicas(replicas), replicas);

/** Tasks without a record, in order. */
export async function unfinishedTasks(run: RunDirectory): Promise<number[]> {
  const done = await run.records.finished();
  const tasks: number[] = [];
  done.forEach((is, task) => {
    if (!is) tasks.push(task);
  });
  return tasks;
}

/**
 * Runs what a source describes in a directory, going on where an earlier call or process stopped, and hands the results of
 * each finished point to `use`; they are the same whatever interruptions there were. Throws CancelledError when it was stopped
 * (what was done is kept), InvalidInputError when the directory holds another run, another version's, or is in use.
 */
export async function runInDirectory<T>(
  path: string,
  source: RunSource & { readonly command: string },
  options: LocalRunOptions,
  use: (results: (point: number) => Promise<TaskResult[]>) => Promise<T>,
): Promise<T> {
  if (!(await RunDirectory.isAt(path))) await createRun(path, source);
  return RunDirectory.use(path, async (run) => {
    requireSource(run, source);
    const lock = await lockDirectory(path, source.command);
    try {
      await run.removeTempFiles();
      const signal = options.signal ? AbortSignal.any([options.signal, lock.lost]) : lock.lost;
      const complete = await runLocally(run, await unfinishedTasks(run), { ...options, signal });
      if (lock.lost.aborted) throw takenOver(path);
      if (!complete) throw new CancelledError(`interrupted; ${path} keeps what was done, and the same command goes on`);
      return await use((point) => resultsOf(run, point));
    } finally {
      await lock.release();
    }
  });
}

/** Another process took the lock of a run: it thought this one dead. */
export const takenOver = (path: string): InvalidInputError =>
  new InvalidInputError(`${path}: another process took it over; this one stopped`);

function requireSource({ path, manifest }: RunDirectory, source: RunSource): void {
  assertSameOrigin(path, manifest, source.description);
  if (manifest.id === RunDirectory.idOf(storedPoints(source))) return;
  throw new InvalidInputError(
    `${path}: holds another run, of ${manifest.file}; nothing was changed, name another directory`,
  );
}
