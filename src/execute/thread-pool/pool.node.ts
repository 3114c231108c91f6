import { silent } from '#core';
import { describeKernel } from '#kernel/node';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { WithPool } from '../pool.js';
import { loadedRule } from '../rule-file/import.node.js';
import { resultOf, type TaskOutcome } from '../task-outcome.js';
import { advancedSlot, cancelledSlot, controlBytes } from './control.node.js';

// Threads run compiled code: Node 20 loads no TypeScript in workers. The path is the same seen from src/ and from
// dist/.
const workerFile = fileURLToPath(new URL('../../../dist/execute/thread-pool/worker.node.js', import.meta.url));

const PROGRESS_INTERVAL_MS = 200;

/**
 * Runs `body` with a pool of threads of this machine, by default one per core, and closes the pool afterwards. What `body`
 * is given runs tasks, as `runExperiment` needs it. Throws InvalidInputError where the variable MEANDER_KERNEL asks for a
 * kernel that is not there.
 *
 * @group Start here
 */
export const withLocalPool: WithPool = async (options, body) => {
  const { workers = availableParallelism(), progress = silent, signal } = options;
  // Here rather than in a thread, where it would be a defect.
  describeKernel(process.env);
  const control = new SharedArrayBuffer(controlBytes);
  const slots = new BigInt64Array(control);
  const pool = new Piscina({
    filename: workerFile,
    // Threads start when there is a task for them.
    minThreads: 0,
    maxThreads: workers,
    idleTimeout: Infinity,
    execArgv: [],
  });
  const cancel = (): void => {
    Atomics.store(slots, cancelledSlot, 1n);
  };
  signal?.addEventListener('abort', cancel);
  if (signal?.aborted) cancel();
  const updateProgress = (): void => {
    progress.update(Number(Atomics.load(slots, advancedSlot)));
  };
  const timer = setInterval(updateProgress, PROGRESS_INTERVAL_MS);
  try {
    return await body(async (tasks) => {
      const outcomes = await Promise.all(
        tasks.map((task) => pool.run({ task, control, rule: loadedRule(task.model.rule) }) as Promise<TaskOutcome>),
      );
      return outcomes.map(resultOf);
    });
  } finally {
    clearInterval(timer);
    signal?.removeEventListener('abort', cancel);
    cancel();
    await pool.destroy();
    updateProgress();
    progress.stop();
  }
};
