import type { KeyPath } from '#core';

/** What a run tells one of its worker processes. */
export type WorkerCommand = { readonly kind: 'task'; readonly task: number } | { readonly kind: 'stop' };

/** What a worker process tells: it can take a task, how far it has come (replica-steps of the task), how the task ended. */
export type WorkerEvent =
  | { readonly kind: 'ready' }
  | { readonly kind: 'position'; readonly steps: number }
  | { readonly kind: 'done' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'invalid'; readonly message: string; readonly path: KeyPath }
  | { readonly kind: 'failed'; readonly message: string };
