import { silent } from '#core';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { advancedSlot, cancelledSlot, controlBytes } from './control.node.js';
import { resultOf, type Outcome, type WithPool } from './task-outcome.js';

// Threads run built code: Node 20 loads no TypeScript in workers. The path is the same seen from src/ and from dist/.
const workerFile = fileURLToPath(new URL('../../dist/execute/thread-worker.node.js', import.meta.url));

/** Milliseconds between two updates of the progress display. */
const PROGRESS_INTERVAL = 200;

/** A pool of threads of this machine. */
export const withLocalPool: WithPool = async (options, body) => {
  const { workers = availableParallelism(), progress = silent, signal } = options;
  const control = new SharedArrayBuffer(controlBytes);
  const slots = new BigInt64Array(control);
  const pool = new Piscina({ filename: workerFile, minThreads: workers, maxThreads: workers, idleTimeout: Infinity });
  const cancel = (): void => {
    Atomics.store(slots, cancelledSlot, 1n);
  };
  signal?.addEventListener('abort', cancel);
  if (signal?.aborted) cancel();
  const report = (): void => {
    progress.update(Number(Atomics.load(slots, advancedSlot)));
  };
  const timer = setInterval(report, PROGRESS_INTERVAL);
  try {
    return await body(async (tasks) => {
      const outcomes = await Promise.all(tasks.map((task) => pool.run({ task, control }) as Promise<Outcome>));
      return outcomes.map(resultOf);
    });
  } finally {
    clearInterval(timer);
    signal?.removeEventListener('abort', cancel);
    cancel();
    await pool.destroy();
    report();
    progress.stop();
  }
};
