import { CancelledError, InvalidInputError } from '#core';
import { runTask, type Checkpointer, type CooperativeTask, type Task } from '#experiment/tasks';
import { createKernelSteppers, type Kernel } from '#kernel';
import type { TaskOutcome } from './task-outcome.js';

/** Runs a task in a worker of any kind: a thread of Node, a process, a web worker. Throws only if there is a bug. */
export function* runTaskInWorker(
  task: Task,
  kernel: Kernel,
  checkpointer?: Checkpointer,
): CooperativeTask<TaskOutcome> {
  try {
    const result = yield* runTask(task, createKernelSteppers(kernel, task.precision), checkpointer);
    return { kind: 'done', result };
  } catch (error) {
    if (error instanceof CancelledError) return { kind: 'cancelled' };
    if (error instanceof InvalidInputError) return { kind: 'invalid', message: error.message, path: error.path };
    throw error;
  }
}
