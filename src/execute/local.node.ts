import { InvalidInputError, silent, type Progress } from '#core';
import type { RunTasks } from '#experiment';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { advancedSlot, cancelledSlot, controlBytes, type Outcome } from './protocol.js';

export interface LocalOptions {
  /** Worker threads; all cores unless given. Results do not depend on it. */
  readonly workers?: number | undefined;
  readonly progress?: Progress | undefined;
  /** Aborting stops every worker within a slice of work (under 100 ms): the rest of the tasks answers null. */
  readonly signal?: AbortSignal | undefined;
}

// Threads run built code: Node 20 loads no TypeScript in workers. The path is the same seen from src/ and from dist/.
const workerFile = fileURLToPath(new URL('../../dist/execute/worker.node.js', import.meta.url));

/** Milliseconds between two updates of the progress display. */
const PROGRESS_INTERVAL = 200;

/** Runs `body` with a task runner on a pool of threads of this machine, and takes the pool down afterwards. */
export async function withLocalPool<T>(options: LocalOptions, body: (runTasks: RunTasks) => Promise<T>): Promise<T> {
  const { workers = availableParallelism(), progress = silent, signal } = options;
  const control = new SharedArrayBuffer(controlBytes);
  const slots = new BigInt64Array(control);
  const pool = new Piscina({ filename: workerFile, minThreads: workers, maxThreads: workers, idleTimeout: Infinity });
  const cancel = (): void => {
    Atomics.store(slots, cancelledSlot, 1n);
  };
  signal?.addEventListener('abort', cancel);
  if (signal?.aborted) cancel();
  const timer = setInterval(() => {
    progress.update(Number(Atomics.load(slots, advancedSlot)));
  }, PROGRESS_INTERVAL);
  try {
    return await body(async (tasks) => {
      const outcomes = await Promise.all(tasks.map((task) => pool.run({ task, control }) as Promise<Outcome>));
      return outcomes.map((outcome) => {
        if (outcome.kind === 'invalid') throw new InvalidInputError(outcome.message, outcome.path);
        return outcome.kind === 'done' ? outcome.result : null;
      });
    });
  } finally {
    clearInterval(timer);
    signal?.removeEventListener('abort', cancel);
    cancel();
    await pool.destroy();
    progress.stop();
  }
}
