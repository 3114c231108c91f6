import { InvalidInputError } from '#core';
import { namesIn, removeTempFilesIn } from '../files/directories.node.js';
import { firstTasksOf, readIndex, type PointIndex } from '../points/point-index.node.js';
import { PointReader } from '../points/point-reader.node.js';
import { hashPoints, type StoredPoint } from '../points/write-points.node.js';
import { Records } from '../records/records.node.js';
import { assertChecksums } from './checksums.node.js';
import { Checkpoints } from './checkpoints.node.js';
import { createRunDirectory, type FurtherFiles, type RunDescription } from './create.node.js';
import { MANIFEST, readManifest, type Manifest } from './manifest.node.js';

/** The replicas of one task: `count` of them, beginning with `first`, counted within the point. */
export interface TaskPlace {
  readonly point: number;
  readonly first: number;
  readonly count: number;
}

/**
 * A run directory, the single source of truth of a run: see docs/run-directory.md. `RunDirectory.use(path, work)` opens one,
 * for functions that take it.
 */
export class RunDirectory {
  /** @internal */
  readonly records: Records;
  /** @internal */
  readonly checkpoints: Checkpoints;
  /**
   * Number of the first task of each point, and at the end the number of all tasks.
   *
   * @internal
   */
  readonly firstTasks: Float64Array;
  readonly #points: PointReader;

  private constructor(
    readonly path: string,
    readonly manifest: Manifest,
    /** @internal */
    readonly index: PointIndex,
  ) {
    this.#points = new PointReader(path, index);
    this.records = new Records(path, manifest.id, manifest.tasks);
    this.checkpoints = new Checkpoints(path, manifest.id);
    this.firstTasks = firstTasksOf(index);
  }

  /**
   * Creates a run directory: see `createRunDirectory`.
   *
   * @internal
   */
  static create(
    path: string,
    describe: () => RunDescription,
    text: string,
    points: Iterable<StoredPoint>,
    further?: () => Promise<FurtherFiles>,
  ): Promise<void> {
    return createRunDirectory(path, describe, text, points, further);
  }

  /**
   * The id of a run of these points.
   *
   * @internal
   */
  static idOf(points: Iterable<StoredPoint>): string {
    return hashPoints(points);
  }

  /** Whether a path is a run directory, of any version. */
  static async isAt(path: string): Promise<boolean> {
    try {
      return (await namesIn(path)).includes(MANIFEST);
    } catch {
      return false;
    }
  }

  /** Throws InvalidInputError when the path is not a run directory, or its manifest is damaged or of another format. */
  static async open(path: string): Promise<RunDirectory> {
    const manifest = await readManifest(path);
    const index = await readIndex(path);
    if (index.replicas.length !== manifest.points || firstTasksOf(index)[manifest.points] !== manifest.tasks) {
      throw new InvalidInputError(`${path}: is damaged: ${MANIFEST} and points.index do not match`);
    }
    await assertChecksums(path, 'restore it from a copy, or start a new run directory');
    return new RunDirectory(path, manifest, index);
  }

  /** Opens a run directory, passes it to `work`, and closes it even if that fails. Throws as `open` does. */
  static async use<T>(path: string, work: (run: RunDirectory) => Promise<T>): Promise<T> {
    const run = await RunDirectory.open(path);
    try {
      return await work(run);
    } finally {
      await run.close();
    }
  }

  /** @internal */
  point(point: number): Promise<unknown> {
    return this.#points.read(point);
  }

  /**
   * Which replicas of which point belong to a task.
   *
   * @internal
   */
  place(task: number): TaskPlace {
    let [low, high] = [0, this.manifest.points];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.firstTasks[middle] <= task) low = middle;
      else high = middle;
    }
    const { replicas, taskReplicas } = this.index;
    const first = (task - this.firstTasks[low]) * taskReplicas[low];
    return { point: low, first, count: Math.min(taskReplicas[low], replicas[low] - first) };
  }

  /**
   * Replica-steps of a task.
   *
   * @internal
   */
  stepsOf(task: number): number {
    const { point, count } = this.place(task);
    return count * this.index.steps[point];
  }

  /**
   * Packs complete shards, and removes what killed processes left behind. Only while no task is running.
   *
   * @internal
   */
  async removeTempFiles(): Promise<void> {
    await this.records.removeTempFiles();
    await removeTempFilesIn(this.path);
    await this.checkpoints.removeTempFiles(await this.records.finished());
  }

  async close(): Promise<void> {
    await this.#points.close();
    await this.records.close();
  }
}
