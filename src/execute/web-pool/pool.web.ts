import { silent } from '#core';
import type { RunTasks } from '#experiment';
import type { Kernel } from '#kernel';
import { loadKernel } from '#kernel/web';
import type { PoolOptions } from '../pool.js';
import { resultOf, type TaskOutcome } from '../task-outcome.js';
import { PageWorker } from './page-worker.web.js';

export interface WebPoolOptions extends PoolOptions {
  /** The compiled simulation kernel, for pages that run several pools; loaded by each pool unless given. */
  readonly kernel?: Kernel | undefined;
}

/**
 * Passes a task runner on a pool of web workers to `body`, and terminates the workers afterwards. Needs no shared
 * memory, so it runs in any page of any static host; results are the same, bit for bit, as those of the command line.
 * Throws an Error when the kernel or the script of the workers cannot be loaded, or when a worker fails.
 */
export async function withWebPool<T>(options: WebPoolOptions, body: (runTasks: RunTasks) => Promise<T>): Promise<T> {
  const { workers = navigator.hardwareConcurrency, progress = silent, signal } = options;
  const kernel = options.kernel ?? (await loadKernel());
  let steps = 0;
  const onAdvanced = (made: number): void => {
    steps += made;
    progress.update(steps);
  };
  const pool = Array.from({ length: workers }, () => new PageWorker(kernel, onAdvanced));
  const cancel = (): void => {
    for (const worker of pool) worker.cancel();
  };
  signal?.addEventListener('abort', cancel);
  try {
    return await body(async (tasks) => {
      const outcomes = tasks.map((): TaskOutcome => ({ kind: 'cancelled' }));
      let next = 0;
      const runSlot = async (worker: PageWorker): Promise<void> => {
        while (next < tasks.length && !signal?.aborted) {
          const index = next++;
          outcomes[index] = await worker.run(tasks[index]);
        }
      };
      await Promise.all(pool.map(runSlot));
      return outcomes.map(resultOf);
    });
  } finally {
    signal?.removeEventListener('abort', cancel);
    for (const worker of pool) worker.terminate();
    progress.stop();
  }
}
