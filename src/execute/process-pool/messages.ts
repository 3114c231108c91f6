import { InvalidInputError, type KeyPath } from '#core';

/** Message from the run to a worker process. */
export type WorkerCommand = { readonly kind: 'task'; readonly task: number } | { readonly kind: 'stop' };

/** Message from a worker process: it is ready for tasks, how far its task is (in replica-steps), how its task ended. */
export type WorkerEvent =
  | { readonly kind: 'ready' }
  | { readonly kind: 'position'; readonly steps: number }
  | { readonly kind: 'done' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'invalid'; readonly message: string; readonly path: KeyPath; readonly point?: number }
  | { readonly kind: 'failed'; readonly message: string };

/** A point of a run directory cannot be simulated. */
export class PointError extends InvalidInputError {
  constructor(
    message: string,
    path: KeyPath,
    /** Its number, from 0. */
    readonly point: number,
  ) {
    super(message, path);
  }
}
