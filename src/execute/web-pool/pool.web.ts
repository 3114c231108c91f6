import { silent } from '#core';
import type { Task } from '#experiment';
import { loadKernel } from '#kernel/web';
import type { Answer, Request } from './messages.js';
import { resultOf, type Outcome, type WithPool } from '../task-outcome.js';

/**
 * A pool of web workers of this page. It needs no shared memory, so any page from any static host may use it.
 * Throws an Error when the kernel or a worker cannot be loaded, or a worker fails; the other workers are ended.
 */
export const withWebPool: WithPool = async (options, body) => {
  const { workers = navigator.hardwareConcurrency, progress = silent, signal } = options;
  const kernel = await loadKernel();
  let done = 0;
  const advanced = (steps: number): void => {
    done += steps;
    progress.update(done);
  };
  const pool = Array.from({ length: workers }, () => new WorkerOfPage(kernel, advanced));
  const cancel = (): void => {
    for (const worker of pool) worker.cancel();
  };
  signal?.addEventListener('abort', cancel);
  try {
    return await body(async (tasks) => {
      const outcomes = tasks.map((): Outcome => ({ kind: 'cancelled' }));
      let next = 0;
      const deal = async (worker: WorkerOfPage): Promise<void> => {
        while (next < tasks.length && !signal?.aborted) {
          const index = next++;
          outcomes[index] = await worker.run(tasks[index]);
        }
      };
      await Promise.all(pool.map(deal));
      return outcomes.map(resultOf);
    });
  } finally {
    signal?.removeEventListener('abort', cancel);
    for (const worker of pool) worker.end();
    progress.stop();
  }
};

/** A web worker as seen from its page. */
class WorkerOfPage {
  readonly #kernel: WebAssembly.Module;
  readonly #worker = new Worker(new URL('./worker.web.js', import.meta.url), { type: 'module' });
  /** Who waits for the tasks given to it, in the order in which it answers. */
  readonly #waiting: { resolve: (outcome: Outcome) => void; reject: (error: Error) => void }[] = [];
  #failure: Error | null = null;

  constructor(kernel: WebAssembly.Module, advanced: (steps: number) => void) {
    this.#kernel = kernel;
    this.#worker.addEventListener('message', ({ data: answer }: MessageEvent<Answer>) => {
      if (answer.kind === 'advanced') advanced(answer.steps);
      else if (answer.kind === 'outcome') this.#waiting.shift()?.resolve(answer.outcome);
      else this.#fail(`a simulation worker failed: ${answer.message}`);
    });
    this.#worker.addEventListener('error', ({ message }: Partial<ErrorEvent>) => {
      // A script that cannot be loaded leaves no message.
      this.#fail(
        message ? `a simulation worker failed: ${message}` : 'the script of the simulation workers cannot be loaded',
      );
    });
    this.#worker.addEventListener('messageerror', () => {
      this.#fail('a message of a simulation worker cannot be read');
    });
  }

  run(task: Task): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      if (this.#failure) {
        reject(this.#failure);
        return;
      }
      this.#waiting.push({ resolve, reject });
      this.#post({ kind: 'task', task, kernel: this.#kernel });
    });
  }

  cancel(): void {
    this.#post({ kind: 'cancel' });
  }

  end(): void {
    this.#worker.terminate();
  }

  #post(request: Request): void {
    this.#worker.postMessage(request);
  }

  #fail(message: string): void {
    this.#failure = new Error(message);
    for (const { reject } of this.#waiting.splice(0)) reject(this.#failure);
  }
}
