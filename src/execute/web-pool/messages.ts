import type { Task } from '#experiment';
import type { Outcome } from '../task-outcome.js';

/** What a page tells a web worker. Tasks are answered in the order in which they arrive. */
export type Request =
  { readonly kind: 'task'; readonly task: Task; readonly kernel: WebAssembly.Module } | { readonly kind: 'cancel' };

/** What a web worker tells its page: replica-steps made since it last told, the end of a task, or a defect. */
export type Answer =
  | { readonly kind: 'advanced'; readonly steps: number }
  | { readonly kind: 'outcome'; readonly outcome: Outcome }
  | { readonly kind: 'failed'; readonly message: string };
