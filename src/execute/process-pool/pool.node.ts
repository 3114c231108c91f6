import { InvalidInputError, silent, type Progress } from '#core';
import { SHARD_SIZE, type RunDirectory } from '#store';
import { fork, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { WorkerCommand, WorkerEvent } from './messages.js';

// Processes run built code, as threads do: see local.node.ts.
const processFile = fileURLToPath(new URL('../../../dist/execute/process-pool/child.node.js', import.meta.url));

export interface LocalRunOptions {
  /** Worker processes; one for each core unless given. Results do not depend on it. */
  readonly workers?: number | undefined;
  readonly progress?: Progress | undefined;
  /** Aborting keeps the state of every task under way and stops, within a second. */
  readonly signal?: AbortSignal | undefined;
  /** Seconds of work that a task loses at most when its process is killed. */
  readonly checkpointSeconds?: number | undefined;
}

export const CHECKPOINT_SECONDS = 20;
/** Milliseconds between two updates of the progress display, and that a worker has to stop in before it is killed. */
const PROGRESS_INTERVAL = 200;
const KILL_TIMEOUT_MS = 20_000;
/** Times that a task may take its process with it (not enough memory, say) before the run gives up. */
const MAX_DEATHS = 5;

/**
 * Does tasks of a run directory with processes of this machine, and goes on when some of them die. Returns whether all were
 * done: false when it was stopped. Throws InvalidInputError when a task cannot be done or its record cannot be written; all
 * that was done until then is kept.
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
  const books = await TaskQueue.open(run, tasks);
  if (tasks.length > 0) progress.start(run.manifest.name, totalSteps(run), books.stepsDone);
  const crew = new ProcessPool(run.path, checkpointSeconds, books);
  const stop = (): void => {
    crew.stop();
  };
  signal?.addEventListener('abort', stop);
  if (signal?.aborted) stop();
  const timer = setInterval(() => {
    progress.update(books.stepsDone + crew.steps, books.note);
  }, PROGRESS_INTERVAL);
  try {
    await crew.work(Math.min(workers, tasks.length));
    return books.left === 0;
  } finally {
    clearInterval(timer);
    signal?.removeEventListener('abort', stop);
    progress.update(books.stepsDone + crew.steps, books.note);
    progress.stop();
    await books.close();
  }
}

function totalSteps({ index: { steps, replicas } }: RunDirectory): number {
  return steps.reduce((sum, each, point) => sum + each * replicas[point], 0);
}

/** Which tasks are to be done, and how much of the run is. */
class TaskQueue {
  stepsDone = 0;
  #pointsDone = 0;
  readonly #waiting: number[];
  readonly #touched = new Set<number>();
  #packing: Promise<void> = Promise.resolve();
  readonly #unfinished: number;
  #done = 0;

  private constructor(
    private readonly run: RunDirectory,
    tasks: readonly number[],
    /** Unfinished tasks of each point and of each shard. */
    private readonly ofPoint: Uint32Array,
    private readonly ofShard: Uint32Array,
  ) {
    this.#waiting = [...tasks].reverse();
    this.#unfinished = tasks.length;
  }

  static async open(run: RunDirectory, tasks: readonly number[]): Promise<TaskQueue> {
    const finished = await run.records.finished();
    const ofPoint = new Uint32Array(run.manifest.points);
    const ofShard = new Uint32Array(Math.ceil(run.manifest.tasks / SHARD_SIZE));
    const books = new TaskQueue(run, tasks, ofPoint, ofShard);
    finished.forEach((done, task) => {
      if (done) {
        books.stepsDone += run.stepsOf(task);
      } else {
        ofPoint[run.place(task).point]++;
        ofShard[Math.floor(task / SHARD_SIZE)]++;
      }
    });
    books.#pointsDone = ofPoint.reduce((count, left) => count + (left === 0 ? 1 : 0), 0);
    return books;
  }

  get left(): number {
    return this.#unfinished - this.#done;
  }

  get note(): string {
    return `${this.#pointsDone}/${this.ofPoint.length} points`;
  }

  next(): number | undefined {
    return this.#waiting.pop();
  }

  putBack(task: number): void {
    this.#waiting.push(task);
  }

  finished(task: number): void {
    this.#done++;
    this.stepsDone += this.run.stepsOf(task);
    if (--this.ofPoint[this.run.place(task).point] === 0) this.#pointsDone++;
    const shard = Math.floor(task / SHARD_SIZE);
    this.#touched.add(shard);
    if (--this.ofShard[shard] === 0) this.#pack(shard);
  }

  /**
   * Packs the shards that are complete now. Elements of a cluster share shards and do not hear of one another: the last to
   * end finds all records of a shard there.
   */
  async close(): Promise<void> {
    for (const shard of this.#touched) this.#pack(shard);
    await this.#packing;
  }

  #pack(shard: number): void {
    // What cannot be packed now (a full disk, a damaged record) stays as it is; collecting tells of damage.
    this.#packing = this.#packing.then(() => this.run.records.pack(shard)).catch(() => undefined);
  }
}

/** The worker processes of a run. */
class ProcessPool {
  readonly #members = new Set<WorkerProcess>();
  readonly #deaths = new Map<number, number>();
  #stopped = false;
  #failure: Error | null = null;

  constructor(
    private readonly directory: string,
    private readonly checkpointSeconds: number,
    private readonly books: TaskQueue,
  ) {}

  /** Replica-steps made of the tasks under way. */
  get steps(): number {
    let sum = 0;
    for (const { steps } of this.#members) sum += steps;
    return sum;
  }

  async work(count: number): Promise<void> {
    await Promise.all(Array.from({ length: count }, () => this.#runSlot()));
    if (this.#failure) throw this.#failure;
  }

  stop(): void {
    this.#stopped = true;
    for (const member of this.#members) member.stop();
  }

  #isStopped(): boolean {
    return this.#stopped;
  }

  /** Keeps one place filled until there is no more to do. */
  async #runSlot(): Promise<void> {
    while (!this.#isStopped()) {
      const task = this.books.next();
      if (task === undefined) return;
      const member = new WorkerProcess(this.directory, this.checkpointSeconds);
      this.#members.add(member);
      const unfinished = await member.work(task, this.books, (error) => {
        this.#failure ??= error;
        this.stop();
      });
      this.#members.delete(member);
      if (unfinished === null || this.#isStopped()) continue;
      this.#handleCrash(unfinished);
    }
  }

  #handleCrash(task: number): void {
    const deaths = (this.#deaths.get(task) ?? 0) + 1;
    this.#deaths.set(task, deaths);
    if (deaths < MAX_DEATHS) {
      this.books.putBack(task);
      return;
    }
    this.#failure ??= new InvalidInputError(
      `${this.directory}: task ${task} ended its process ${deaths} times; perhaps the memory is too small: give fewer --workers`,
    );
    this.stop();
  }
}

/** One worker process. */
class WorkerProcess {
  steps = 0;
  readonly #process: ChildProcess;
  #killer: NodeJS.Timeout | undefined;

  constructor(directory: string, checkpointSeconds: number) {
    this.#process = fork(processFile, [directory, String(checkpointSeconds)], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
  }

  /** Does one task after the other; resolves with the task that it left unfinished when it died, or null. */
  work(first: number, books: TaskQueue, fail: (error: Error) => void): Promise<number | null> {
    let task: number | null = first;
    const seen = { ready: false };
    const begin = (): void => {
      this.steps = 0;
      if (task === null) {
        this.#process.disconnect();
      } else {
        this.#send({ kind: 'task', task });
      }
    };
    this.#process.on('message', (report: WorkerEvent) => {
      switch (report.kind) {
        case 'ready':
          seen.ready = true;
          begin();
          break;
        case 'position':
          this.steps = report.steps;
          break;
        case 'done':
          if (task !== null) books.finished(task);
          task = this.#killer ? null : (books.next() ?? null);
          begin();
          break;
        case 'stopped':
          task = null;
          begin();
          break;
        default:
          task = null;
          fail(
            report.kind === 'invalid' ? new InvalidInputError(report.message, report.path) : new Error(report.message),
          );
          begin();
      }
    });
    return new Promise((resolve) => {
      this.#process.on('error', (error) => {
        fail(error);
        resolve(null);
      });
      this.#process.on('exit', (code) => {
        clearTimeout(this.#killer);
        if (!seen.ready && code !== null) fail(new Error(`a worker process ended at once with exit code ${code}`));
        resolve(task);
      });
    });
  }

  stop(): void {
    if (this.#killer) return;
    this.#send({ kind: 'stop' });
    this.#killer = setTimeout(() => this.#process.kill('SIGKILL'), KILL_TIMEOUT_MS);
    this.#killer.unref();
  }

  #send(order: WorkerCommand): void {
    // A process that has died tells by its exit.
    if (this.#process.connected) this.#process.send(order, () => undefined);
  }
}
