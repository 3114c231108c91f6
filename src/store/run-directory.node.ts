import { InvalidInputError } from '#core';
import { existsSync, mkdirSync } from 'node:fs';
import { mkdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { cannotWrite, partName, assertUnoccupied, syncDirectory, writeAtomicallySync } from './atomic.node.js';
import { decodeContainer, encodeContainer } from './container.node.js';
import { MANIFEST, readManifest, RUN_FORMAT, type Manifest } from './manifest.node.js';
import { hashPoints, PointReader, readIndex, writePoints, type PointIndex, type StoredPoint } from './points.node.js';
import { namesIn, Records, removeParts } from './records.node.js';

/** What the maker of a run knows; the rest of the manifest follows from the points. */
export type RunDescription = Omit<Manifest, 'format' | 'id' | 'points' | 'tasks'>;

/** The replicas of one task: `count` of them from `first` on, counted within the point. */
export interface TaskPlace {
  readonly point: number;
  readonly first: number;
  readonly count: number;
}

/** Directories that are there from the beginning. */
const PARTS = ['records', 'checkpoints', 'logs', 'figures'];

/** A run directory, the single source of truth of a sweep: see docs/run-directory.md. */
export class RunDirectory {
  readonly records: Records;
  /** Number of the first task of each point, and at the end the number of all tasks. */
  readonly firstTasks: Float64Array;
  readonly #points: PointReader;

  private constructor(
    readonly path: string,
    readonly manifest: Manifest,
    readonly index: PointIndex,
  ) {
    this.#points = new PointReader(path, index);
    this.records = new Records(path, manifest.id, manifest.tasks);
    this.firstTasks = firstTasksOf(index);
  }

  /**
   * Makes a run directory; `describe` is called when all points have been seen, `text` is the experiment file as it was
   * given. A new directory appears whole or not at all; one that is there and empty becomes a run directory with the last
   * file. Throws InvalidInputError when the path is occupied or cannot be written.
   */
  static async create(
    path: string,
    describe: () => RunDescription,
    text: string,
    points: Iterable<StoredPoint>,
  ): Promise<void> {
    await assertUnoccupied(path);
    const isThere = existsSync(path);
    const temporary = partName(isThere ? join(path, 'run') : resolve(path));
    try {
      await mkdir(dirname(temporary), { recursive: true });
      await mkdir(temporary);
      for (const part of PARTS) await mkdir(join(temporary, part));
      const id = await writePoints(temporary, points);
      const description = describe();
      const index = await readIndex(temporary);
      const tasks = firstTasksOf(index)[index.replicas.length];
      const manifest: Manifest = { format: RUN_FORMAT, id, points: index.replicas.length, tasks, ...description };
      await writeFile(join(temporary, description.file), text, { flush: true });
      await writeFile(join(temporary, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`, { flush: true });
      await syncDirectory(temporary);
      if (isThere) await moveInto(path, temporary);
      else await rename(temporary, path);
      await syncDirectory(isThere ? path : dirname(resolve(path)));
    } catch (error) {
      await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
      if (!isThere && !(error instanceof InvalidInputError)) await assertUnoccupied(path);
      throw cannotWrite(path, error);
    }
  }

  /** The id that a run of these points has. */
  static idOf(points: Iterable<StoredPoint>): string {
    return hashPoints(points);
  }

  /** Whether a path is a run directory, of whatever version. */
  static async isAt(path: string): Promise<boolean> {
    try {
      return (await namesIn(path)).includes(MANIFEST);
    } catch {
      return false;
    }
  }

  /** Throws InvalidInputError when the path is no run directory, or its manifest is damaged or of another format. */
  static async open(path: string): Promise<RunDirectory> {
    const manifest = await readManifest(path);
    const index = await readIndex(path);
    if (index.replicas.length !== manifest.points || firstTasksOf(index)[manifest.points] !== manifest.tasks) {
      throw new InvalidInputError(`${path}: is damaged: ${MANIFEST} and points.index do not belong together`);
    }
    return new RunDirectory(path, manifest, index);
  }

  /** Opens a run directory for some work, and closes it whatever becomes of that. Throws as `open` does. */
  static async use<T>(path: string, work: (run: RunDirectory) => Promise<T>): Promise<T> {
    const run = await RunDirectory.open(path);
    try {
      return await work(run);
    } finally {
      await run.close();
    }
  }

  point(point: number): Promise<unknown> {
    return this.#points.read(point);
  }

  /** Which replicas of which point a task has. */
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

  /** Replica-steps of a task. */
  stepsOf(task: number): number {
    const { point, count } = this.place(task);
    return count * this.index.steps[point];
  }

  /** Keeps how far a task has come. Throws InvalidInputError when it cannot be written. */
  keepCheckpoint(task: number, state: unknown): void {
    const path = this.#checkpointPath(task);
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeAtomicallySync(path, encodeContainer('checkpoint', { run: this.manifest.id, task, state }));
    } catch (error) {
      throw cannotWrite(path, error);
    }
  }

  /** The state kept last, or null where there is none that can be used: a checkpoint saves time, it is never needed. */
  async checkpoint(task: number): Promise<unknown> {
    const path = this.#checkpointPath(task);
    try {
      const content = decodeContainer(path, 'checkpoint', await readFile(path)) as Record<string, unknown>;
      return content.run === this.manifest.id && content.task === task ? content.state : null;
    } catch {
      return null;
    }
  }

  async dropCheckpoint(task: number): Promise<void> {
    await rm(this.#checkpointPath(task), { force: true });
  }

  /** Tasks that have a checkpoint. */
  async checkpoints(): Promise<number[]> {
    const names = await namesIn(join(this.path, 'checkpoints'));
    return names.flatMap((name) => {
      const match = /^(\d+)\.checkpoint$/.exec(name);
      return match ? [Number(match[1])] : [];
    });
  }

  /** Packs complete shards, and removes what killed processes left. Only where no task is under way. */
  async removeTempFiles(): Promise<void> {
    await this.records.removeTempFiles();
    await removeParts(this.path);
    await removeParts(join(this.path, 'checkpoints'));
    const done = await this.records.finished();
    for (const task of await this.checkpoints()) if (done[task]) await this.dropCheckpoint(task);
  }

  async close(): Promise<void> {
    await this.#points.close();
    await this.records.close();
  }

  #checkpointPath(task: number): string {
    return join(this.path, 'checkpoints', `${task}.checkpoint`);
  }
}

/** Moves everything from one directory into another, the manifest last. */
async function moveInto(path: string, from: string): Promise<void> {
  const names = (await namesIn(from)).filter((name) => name !== MANIFEST);
  for (const name of [...names, MANIFEST]) await rename(join(from, name), join(path, name));
  await rmdir(from);
}

function firstTasksOf({ replicas, taskReplicas }: PointIndex): Float64Array {
  const first = new Float64Array(replicas.length + 1);
  replicas.forEach((count, point) => {
    first[point + 1] = first[point] + Math.ceil(count / taskReplicas[point]);
  });
  return first;
}
