import type { Task } from '#experiment';
import type { Kernel } from '#kernel';
import type { TaskOutcome } from '../task-outcome.js';

/** Message from a page to a web worker. Tasks are run in the order in which they arrive. */
export type WebWorkerCommand =
  { readonly kind: 'task'; readonly task: Task; readonly kernel: Kernel } | { readonly kind: 'cancel' };

/** Message from a web worker: replica-steps made since its last message, the outcome of a task, or a bug. */
export type WebWorkerEvent =
  | { readonly kind: 'advanced'; readonly steps: number }
  | { readonly kind: 'outcome'; readonly outcome: TaskOutcome }
  | { readonly kind: 'failed'; readonly message: string };
