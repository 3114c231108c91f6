import { CancelledError, InvalidInputError } from '#core';
import { runTask, type Task } from '#experiment';
import { createKernelSteppers } from '#kernel';
import { loadKernel } from '#kernel/node';
import { advancedSlot, cancelledSlot, type Outcome } from './protocol.js';

const kernel = await loadKernel();

/** One task in a worker thread. Errors that users should see travel as data: a clone would lose their class. */
export default function work({ task, control }: { task: Task; control: SharedArrayBuffer }): Outcome {
  const slots = new BigInt64Array(control);
  try {
    const result = runTask(task, createKernelSteppers(kernel, task.precision), {
      advanced: (steps) => {
        Atomics.add(slots, advancedSlot, BigInt(steps));
      },
      cancelled: () => Atomics.load(slots, cancelledSlot) !== 0n,
    });
    return { kind: 'done', result };
  } catch (error) {
    if (error instanceof CancelledError) return { kind: 'cancelled' };
    if (error instanceof InvalidInputError) return { kind: 'invalid', message: error.message, path: error.path };
    throw error;
  }
}
