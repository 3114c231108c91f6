import { InvalidInputError, type KeyPath } from '#core';
import type { TaskResult } from '#experiment';

/**
 * How a task ended in a worker. Errors meant for users are sent as data, because a structured clone loses their class.
 */
export type TaskOutcome =
  | { readonly kind: 'done'; readonly result: TaskResult }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'invalid'; readonly message: string; readonly path: KeyPath };

/** The result that a task runner returns for an outcome. Throws InvalidInputError if the task did. */
export function resultOf(outcome: TaskOutcome): TaskResult | null {
  if (outcome.kind === 'invalid') throw new InvalidInputError(outcome.message, outcome.path);
  return outcome.kind === 'done' ? outcome.result : null;
}

/**
 * The buffers to transfer with an outcome to another thread, each once, though arrays may share one. The sender loses
 * them, so it must not use the arrays of the result afterwards.
 */
export function transferablesOf(outcome: TaskOutcome): ArrayBuffer[] {
  if (outcome.kind !== 'done') return [];
  const { later = [], ...first } = outcome.result;
  const arrays = [first, ...later].flatMap(({ summaries, weights }) => [
    ...summaries.flatMap((summary) => Object.values(summary) as unknown[]),
    ...weights.flat().map(({ data }) => data),
  ]);
  const buffers = arrays.flatMap((array) =>
    ArrayBuffer.isView(array) && array.buffer instanceof ArrayBuffer ? [array.buffer] : [],
  );
  return [...new Set(buffers)];
}
