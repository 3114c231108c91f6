import { InvalidInputError } from '#core';
import type { TaskQueue } from './queue.node.js';
import { WorkerProcess } from './worker.node.js';

/** Crashes of the process of one task (out of memory, for example) after which the run gives up. */
const MAX_CRASHES = 5;

/** The worker processes of a run. A process that dies is replaced, and its task goes back into the queue. */
export class ProcessPool {
  readonly #workers = new Set<WorkerProcess>();
  /** Number of crashes of each task. */
  readonly #crashes = new Map<number, number>();
  #stopped = false;
  #failure: Error | null = null;

  constructor(
    private readonly directory: string,
    private readonly checkpointSeconds: number,
    private readonly queue: TaskQueue,
    /** SHA-256 of the code of the rule that the processes may run; null for a rule that comes with the package. */
    private readonly ruleSha256: string | null,
  ) {}

  /** Replica-steps made so far of the running tasks. */
  get steps(): number {
    let sum = 0;
    for (const { steps } of this.#workers) sum += steps;
    return sum;
  }

  /** Runs the queue on `count` processes. Throws the first error of a task. */
  async run(count: number): Promise<void> {
    await Promise.all(Array.from({ length: count }, () => this.#runSlot()));
    if (this.#failure) throw this.#failure;
  }

  /** Stops every worker; the state of running tasks is saved. */
  stop(): void {
    this.#stopped = true;
    for (const worker of this.#workers) worker.stop();
  }

  // A method, because TypeScript would take the field to be false still after the await.
  #isStopped(): boolean {
    return this.#stopped;
  }

  /** Keeps one process running until the queue is empty. */
  async #runSlot(): Promise<void> {
    while (!this.#isStopped()) {
      const task = this.queue.next();
      if (task === undefined) return;
      const worker = new WorkerProcess(this.directory, this.checkpointSeconds, this.ruleSha256);
      this.#workers.add(worker);
      const unfinished = await worker.run(task, this.queue, (error) => {
        this.#fail(error);
      });
      this.#workers.delete(worker);
      if (unfinished !== null && !this.#isStopped()) this.#handleCrash(unfinished);
    }
  }

  #handleCrash(task: number): void {
    const crashes = (this.#crashes.get(task) ?? 0) + 1;
    this.#crashes.set(task, crashes);
    if (crashes < MAX_CRASHES) {
      this.queue.requeue(task);
      return;
    }
    this.#fail(
      new InvalidInputError(
        `${this.directory}: task ${task} ended its process ${crashes} times; perhaps the memory is too small: give fewer --workers`,
      ),
    );
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.stop();
  }
}
