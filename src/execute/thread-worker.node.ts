import { runSlices, type Task } from '#experiment';
import { loadKernel } from '#kernel/node';
import { move, transferableSymbol, valueSymbol } from 'piscina';
import { advancedSlot, cancelledSlot } from './control.node.js';
import { buffersOf } from './task-outcome.js';
import { work } from './run-task.js';

const kernel = await loadKernel();

/** One task in a worker thread; the answer moves to the main thread with its memory. */
export default function workInThread({ task, control }: { task: Task; control: SharedArrayBuffer }): unknown {
  const slots = new BigInt64Array(control);
  const outcome = runSlices(work(task, kernel), {
    advanced: (steps) => {
      // Most slices are samples, without a step; a big integer for each would cost more than looking.
      if (steps > 0) Atomics.add(slots, advancedSlot, BigInt(steps));
    },
    cancelled: () => Atomics.load(slots, cancelledSlot) !== 0n,
  });
  return move({ [transferableSymbol]: buffersOf(outcome), [valueSymbol]: outcome });
}
