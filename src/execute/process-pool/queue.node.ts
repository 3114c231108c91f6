import { SHARD_SIZE, type RunDirectory } from '#store';

/** The tasks that are to be run, and how much of the run is finished. */
export class TaskQueue {
  /** Replica-steps of the finished tasks of the run. */
  stepsDone = 0;
  #pointsDone = 0;
  readonly #waiting: number[];
  readonly #touchedShards = new Set<number>();
  #packing: Promise<void> = Promise.resolve();
  #remaining: number;

  private constructor(
    private readonly run: RunDirectory,
    tasks: readonly number[],
    /** Number of unfinished tasks of each point. */
    private readonly unfinishedInPoint: Uint32Array,
    /** Number of unfinished tasks of each shard of records. */
    private readonly unfinishedInShard: Uint32Array,
  ) {
    this.#waiting = [...tasks].reverse();
    this.#remaining = tasks.length;
  }

  static async open(run: RunDirectory, tasks: readonly number[]): Promise<TaskQueue> {
    const finished = await run.records.finished();
    const inPoint = new Uint32Array(run.manifest.points);
    const inShard = new Uint32Array(Math.ceil(run.manifest.tasks / SHARD_SIZE));
    const queue = new TaskQueue(run, tasks, inPoint, inShard);
    finished.forEach((done, task) => {
      if (done) {
        queue.stepsDone += run.stepsOf(task);
      } else {
        inPoint[run.place(task).point]++;
        inShard[Math.floor(task / SHARD_SIZE)]++;
      }
    });
    queue.#pointsDone = inPoint.reduce((count, unfinished) => count + (unfinished === 0 ? 1 : 0), 0);
    return queue;
  }

  /** Tasks that are not finished yet: waiting or running. */
  get remaining(): number {
    return this.#remaining;
  }

  /** Text for the progress display. */
  get note(): string {
    return `${this.#pointsDone}/${this.unfinishedInPoint.length} points`;
  }

  next(): number | undefined {
    return this.#waiting.pop();
  }

  /** Puts back the task of a worker that crashed; it is the next one to be run. */
  requeue(task: number): void {
    this.#waiting.push(task);
  }

  markFinished(task: number): void {
    this.#remaining--;
    this.stepsDone += this.run.stepsOf(task);
    if (--this.unfinishedInPoint[this.run.place(task).point] === 0) this.#pointsDone++;
    const shard = Math.floor(task / SHARD_SIZE);
    this.#touchedShards.add(shard);
    if (--this.unfinishedInShard[shard] === 0) this.#pack(shard);
  }

  /**
   * Packs the shards that are complete now. Array tasks of a cluster share shards without knowing of each other: the
   * last one to finish finds all records of the shard in place.
   */
  async close(): Promise<void> {
    for (const shard of this.#touchedShards) this.#pack(shard);
    await this.#packing;
  }

  #pack(shard: number): void {
    // A shard that cannot be packed now (full disk, damaged record) stays as it is; collecting reports the damage.
    this.#packing = this.#packing.then(() => this.run.records.pack(shard)).catch(() => undefined);
  }
}
