// A worker process of a run directory: takes numbers of tasks, leaves records and checkpoints. Arguments: the directory, and
// the seconds between two checkpoints. It holds nothing that is not in the directory, so it may be killed at any time.
import { InvalidInputError } from '#core';
import type { Checkpointer, CooperativeTask, Task, TaskState } from '#experiment';
import { loadKernel } from '#kernel/node';
import { RunDirectory } from '#store';
import { setImmediate as turn } from 'node:timers/promises';
import { taskOf } from '../points.node.js';
import type { WorkerCommand, WorkerEvent } from './messages.js';
import type { Outcome } from '../task-outcome.js';
import { work } from '../run-task.js';

/** Milliseconds between two looks at the messages, and between two reports of how far the task has come. */
const LISTENING_INTERVAL = 20;
const REPORT_INTERVAL = 200;

const [directory, seconds] = process.argv.slice(2);
let stopping = false;

const tell = (report: WorkerEvent): void => {
  // A parent that has died hears nothing; 'disconnect' ends this process.
  process.send?.(report, undefined, undefined, () => undefined);
};

// A Ctrl-C, or the end of a job, reaches the whole group of processes; the parent decides what it means. Without a parent
// there is no more to do.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGUSR2'] as const) process.on(signal, () => undefined);
process.on('disconnect', () => process.exit(0));
process.on('message', (order: WorkerCommand) => {
  if (order.kind === 'stop') stopping = true;
  else perform(order.task).then(tell, fail);
});

const [kernel, run] = await Promise.all([loadKernel(), RunDirectory.open(directory)]);
tell({ kind: 'ready' });

async function perform(id: number): Promise<WorkerEvent> {
  const task = await taskOf(run, id);
  const resumed = (await run.checkpoints.read(id)) as TaskState | null;
  let kept = performance.now();
  const keeper: Checkpointer = {
    resumed,
    due: () => performance.now() - kept > Number(seconds) * 1000,
    keep: (state) => {
      run.checkpoints.write(id, state);
      kept = performance.now();
    },
  };
  const [working, first] = begun(task, keeper);
  let [slice, steps, listened, reported] = [first, 0, kept, kept];
  while (!slice.done) {
    steps += slice.value;
    const now = performance.now();
    if (now - listened > LISTENING_INTERVAL) {
      listened = now;
      if (now - reported > REPORT_INTERVAL) {
        reported = now;
        tell({ kind: 'position', steps });
      }
      await turn();
    }
    slice = working.next(stopping);
  }
  const outcome = slice.value;
  if (outcome.kind === 'cancelled') return { kind: 'stopped' };
  if (outcome.kind === 'invalid') return outcome;
  run.records.write(id, outcome.result);
  await run.checkpoints.remove(id);
  return { kind: 'done' };
}

/** A task before its first step. A checkpoint that does not fit costs time, nothing else. */
function begun(task: Task, keeper: Checkpointer): [CooperativeTask<Outcome>, IteratorResult<number, Outcome>] {
  const working = work(task, kernel, keeper);
  try {
    return [working, working.next(stopping)];
  } catch (error) {
    if (keeper.resumed === null) throw error;
    return begun(task, { ...keeper, resumed: null });
  }
}

function fail(error: unknown): void {
  if (error instanceof InvalidInputError) tell({ kind: 'invalid', message: error.message, path: error.path });
  else tell({ kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}
