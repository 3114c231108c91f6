import type { Progress } from '#core';
import type { RunTasks } from '#experiment';

export interface PoolOptions {
  /** Number of workers; one for each core unless given. Results do not depend on it. */
  readonly workers?: number | undefined;
  readonly progress?: Progress | undefined;
  /** Aborting stops every worker within a slice of work (under 100 ms). Tasks that have not started yield null. */
  readonly signal?: AbortSignal | undefined;
}

/** Passes a task runner on a pool of workers to `body`, and terminates the workers afterwards. */
export type WithPool = <T>(options: PoolOptions, body: (runTasks: RunTasks) => Promise<T>) => Promise<T>;
