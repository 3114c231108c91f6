import { InvalidInputError, type KeyPath, type Progress } from '#core';
import type { RunTasks, TaskResult } from '#experiment';

/** What a worker answers. Errors that users should see travel as data: a clone would lose their class. */
export type Outcome =
  | { readonly kind: 'done'; readonly result: TaskResult }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'invalid'; readonly message: string; readonly path: KeyPath };

export interface PoolOptions {
  /** Workers; one for each core unless given. Results do not depend on it. */
  readonly workers?: number | undefined;
  readonly progress?: Progress | undefined;
  /** Aborting stops every worker within a slice of work (under 100 ms): tasks that had not begun answer null. */
  readonly signal?: AbortSignal | undefined;
}

/** Runs `body` with a task runner on a pool of workers, and takes the pool down afterwards. */
export type WithPool = <T>(options: PoolOptions, body: (runTasks: RunTasks) => Promise<T>) => Promise<T>;

/** What the caller of RunTasks gets of an outcome. Throws InvalidInputError when the task did. */
export function resultOf(outcome: Outcome): TaskResult | null {
  if (outcome.kind === 'invalid') throw new InvalidInputError(outcome.message, outcome.path);
  return outcome.kind === 'done' ? outcome.result : null;
}

/**
 * The memory that an outcome may take along when it moves to another thread: every buffer once, though arrays may share
 * one. Whoever moves it loses it, so nothing else may look at the arrays of a result.
 */
export function buffersOf(outcome: Outcome): ArrayBuffer[] {
  if (outcome.kind !== 'done') return [];
  const { summaries, weights } = outcome.result;
  const arrays = [
    ...summaries.flatMap((summary) => Object.values(summary) as unknown[]),
    ...weights.map(({ data }) => data),
  ];
  const buffers = arrays.flatMap((array) =>
    ArrayBuffer.isView(array) && array.buffer instanceof ArrayBuffer ? [array.buffer] : [],
  );
  return [...new Set(buffers)];
}
