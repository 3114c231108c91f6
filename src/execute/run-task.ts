import { CancelledError, InvalidInputError } from '#core';
import { runTask, type Checkpointer, type CooperativeTask, type Task } from '#experiment';
import { createKernelSteppers } from '#kernel';
import type { Outcome } from './task-outcome.js';

/** One task in a worker of any kind: a thread of Node, a web worker. Throws only where there is a defect. */
export function* work(task: Task, kernel: WebAssembly.Module, keeper?: Checkpointer): CooperativeTask<Outcome> {
  try {
    return { kind: 'done', result: yield* runTask(task, createKernelSteppers(kernel, task.precision), keeper) };
  } catch (error) {
    if (error instanceof CancelledError) return { kind: 'cancelled' };
    if (error instanceof InvalidInputError) return { kind: 'invalid', message: error.message, path: error.path };
    throw error;
  }
}
