import { runSlices, type Task } from '#experiment/tasks';
import { loadKernel } from '#kernel/node';
import { move, transferableSymbol, valueSymbol } from 'piscina';
import type { RuleCode } from '../rule-file/compile.node.js';
import { importRule } from '../rule-file/import.node.js';
import { runTaskInWorker } from '../run-task.js';
import { transferablesOf } from '../task-outcome.js';
import { advancedSlot, cancelledSlot } from './control.node.js';

const kernel = await loadKernel();

interface ThreadTask {
  readonly task: Task;
  readonly control: SharedArrayBuffer;
  /** The code of its rule where that is one of the user's own. */
  readonly rule?: RuleCode | undefined;
}

/** Runs one task in a worker thread. The outcome is moved to the main thread without copying its arrays. */
export default async function runInThread({ task, control, rule }: ThreadTask): Promise<unknown> {
  if (rule) await importRule(rule);
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
