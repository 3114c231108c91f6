import { runSlices, type Task } from '#experiment';
import { loadKernel } from '#kernel/node';
import { move, transferableSymbol, valueSymbol } from 'piscina';
import { runTaskInWorker } from '../run-task.js';
import { transferablesOf } from '../task-outcome.js';
import { advancedSlot, cancelledSlot } from './control.node.js';

const kernel = await loadKernel();

/** Runs one task in a worker thread. The outcome is moved to the main thread without copying its arrays. */
export default function runInThread({ task, control }: { task: Task; control: SharedArrayBuffer }): unknown {
  const slots = new BigInt64Array(control);
  const outcome = runSlices(runTaskInWorker(task, kernel), {
    advanced: (steps) => {
      // Most slices are samples, without a step; a BigInt for each of them would cost more than this check.
      if (steps > 0) Atomics.add(slots, advancedSlot, BigInt(steps));
    },
    cancelled: () => Atomics.load(slots, cancelledSlot) !== 0n,
  });
  return move({ [transferableSymbol]: transferablesOf(outcome), [valueSymbol]: outcome });
}
