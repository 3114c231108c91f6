import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Io } from '../io.js';
import { packageRoot } from '../version.js';
import { peerVectors, startPeer, succeeds } from './peer-program.js';

/** What is timed: `replicas` in all, dealt to `threads`, each make `steps` steps. */
export interface Task {
  readonly n: number;
  readonly p: number;
  readonly threads: number;
  readonly replicas: number;
  readonly steps: number;
}

/** One way to make the steps. `measure` returns seconds. */
export interface Contender {
  readonly name: string;
  /** Replicas that suit it, per thread. */
  readonly replicas: number;
  /** False where only one thread is used whatever is asked. */
  readonly parallel: boolean;
  measure(task: Task): Promise<number>;
  /** Resolves when it takes no processor any more. */
  close(): Promise<void>;
}

/** Threads run built code, whatever this process loads. */
const workerFile = new URL('dist/cli/bench/stepper.worker.js', packageRoot);

/** A stepper of this package in worker threads; `kind` as in stepper.worker.ts. */
export function workers(name: string, kind: string, threads: number): Contender {
  const pool = Array.from({ length: threads }, () => new Worker(workerFile, { execArgv: [] }));
  const ask = (worker: Worker, task: Task, first: number): Promise<void> =>
    new Promise((resolve, reject) => {
      worker.once('error', reject);
      worker.once('message', () => {
        worker.off('error', reject);
        resolve();
      });
      worker.postMessage({ kind, task, first });
    });
  const all = async (task: Task): Promise<void> => {
    const each = { ...task, replicas: task.replicas / task.threads };
    await Promise.all(pool.slice(0, task.threads).map((worker, k) => ask(worker, each, k * each.replicas)));
  };
  return {
    name,
    replicas: 32,
    parallel: true,
    async measure(task) {
      // The steppers are made, and the code compiled, before the clock starts.
      await all({ ...task, steps: 1 });
      const start = performance.now();
      await all(task);
      return (performance.now() - start) / 1000;
    },
    async close() {
      await Promise.all(pool.map((worker) => worker.terminate()));
    },
  };
}

/** A program by hand. */
function peer(name: string, replicas: number, parallel: boolean, command: string, args: readonly string[]): Contender {
  const { ask, close } = startPeer(name, command, args);
  return {
    ...{ name, replicas, parallel, close },
    measure: ({ n, p, threads, replicas: count, steps }) => ask(n, p, threads, count, steps),
  };
}

/** The peers stand in bench/peers of the repository and of the package. */
const here = (file: string): string => fileURLToPath(new URL(`bench/peers/${file}`, packageRoot));

/** The programs by hand that run here, and the names of those that do not. */
interface Peers {
  readonly found: Contender[];
  readonly missing: string[];
}

/** C where gcc is, the others where the Python of $PYTHON (or python3) has their libraries. */
export function peers(env: Io['env']): Peers {
  const found: Contender[] = [];
  const missing: string[] = [];
  const directory = mkdtempSync(join(tmpdir(), 'meander-bench-'));
  peerVectors.forEach(({ name, options }, k) => {
    const program = join(directory, `kernel${k}`);
    if (succeeds('gcc', ['-O3', ...options, here('kernel.c'), '-o', program, '-lm', '-lpthread'])) {
      found.push(peer(name, 32, true, program, []));
    } else missing.push(name);
  });
  const python = env.PYTHON ?? 'python3';
  for (const { name, library, options, replicas, parallel } of [
    { name: 'Numba', library: 'numba', options: [], replicas: 32, parallel: true },
    { name: 'Numba, fixed sizes', library: 'numba', options: ['fixed'], replicas: 32, parallel: true },
    { name: 'NumPy', library: 'numpy', options: [], replicas: 512, parallel: false },
    { name: 'JAX', library: 'jax', options: [], replicas: 64, parallel: false },
    { name: 'PyTorch', library: 'torch', options: [], replicas: 512, parallel: true },
  ]) {
    if (succeeds(python, ['-c', `import ${library}`])) {
      found.push(peer(name, replicas, parallel, python, [here(`${library}_kernel.py`), ...options]));
    } else missing.push(name);
  }
  return { found, missing };
}
