import { InvalidInputError } from '#core';
import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { PointError, type WorkerCommand, type WorkerEvent } from './messages.js';
import type { TaskQueue } from './queue.node.js';

// Processes run compiled code, as threads do: see ../thread-pool/pool.node.ts.
const childFile = fileURLToPath(new URL('../../../dist/execute/process-pool/child.node.js', import.meta.url));

/** Time that a worker has to stop before it is killed. */
const KILL_TIMEOUT_MS = 20_000;

/** One worker process, as its parent sees it. */
export class WorkerProcess {
  /** Replica-steps made so far of the running task. */
  steps = 0;
  readonly #process: ChildProcess;
  #killTimer: NodeJS.Timeout | undefined;

  constructor(directory: string, checkpointSeconds: number, ruleSha256: string | null) {
    this.#process = fork(childFile, [directory, String(checkpointSeconds), ruleSha256 ?? ''], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
  }

  /**
   * Runs `first`, then tasks of the queue, one after the other. Resolves when the process has ended: with the task that
   * it left unfinished if it crashed, else with null. `fail` is called with the error of a task, or of the process.
   */
  run(first: number, queue: TaskQueue, fail: (error: Error) => void): Promise<number | null> {
    let task: number | null = first;
    let isReady = false;
    const begin = (): void => {
      this.steps = 0;
      if (task === null) this.#process.disconnect();
      else this.#send({ kind: 'task', task });
    };
    this.#process.on('message', (event: WorkerEvent) => {
      switch (event.kind) {
        case 'ready':
          isReady = true;
          break;
        case 'position':
          this.steps = event.steps;
          return;
        case 'done':
          if (task !== null) queue.markFinished(task);
          task = this.#killTimer ? null : (queue.next() ?? null);
          break;
        case 'stopped':
          task = null;
          break;
        case 'invalid':
          task = null;
          fail(
            event.point === undefined
              ? new InvalidInputError(event.message, event.path)
              : new PointError(event.message, event.path, event.point),
          );
          break;
        case 'failed':
          task = null;
          fail(new Error(event.message));
      }
      begin();
    });
    return new Promise((resolve) => {
      this.#process.on('error', (error) => {
        fail(error);
        resolve(null);
      });
      this.#process.on('exit', (code) => {
        clearTimeout(this.#killTimer);
        if (!isReady && code !== null) fail(new Error(`a worker process ended at once with exit code ${code}`));
        resolve(task);
      });
    });
  }

  /** Asks the process to save the state of its task and stop; kills it if it does not. */
  stop(): void {
    if (this.#killTimer) return;
    this.#send({ kind: 'stop' });
    this.#killTimer = setTimeout(() => this.#process.kill('SIGKILL'), KILL_TIMEOUT_MS);
    this.#killTimer.unref();
  }

  #send(command: WorkerCommand): void {
    // If the process has died, its exit event follows.
    if (this.#process.connected) this.#process.send(command, () => undefined);
  }
}
