import type { KeyPath } from '#core';
import type { TaskResult } from '#experiment';

/** What a worker answers. */
export type Outcome =
  | { readonly kind: 'done'; readonly result: TaskResult }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'invalid'; readonly message: string; readonly path: KeyPath };

/** Slots of the shared control block (64-bit integers): replica-steps done, and whether to stop. */
export const advancedSlot = 0;
export const cancelledSlot = 1;
export const controlBytes = 16;
