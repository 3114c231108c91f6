// A worker process of a run directory: receives the numbers of tasks, and writes records and checkpoints. Arguments:
// the directory, the seconds between two checkpoints, and the SHA-256 of the code of a rule that it may run. It may be killed at any time: its only state is in the
// directory.
import { InvalidInputError } from '#core';
import { remapToSweep, type Checkpointer, type CooperativeTask, type Task, type TaskState } from '#experiment';
import type { Kernel } from '#kernel';
import { loadKernel } from '#kernel/node';
import { RunDirectory } from '#store';
import { setImmediate as yieldToEvents } from 'node:timers/promises';
import { loadRuleOfSha256 } from '../rule-file/stored.node.js';
import { runTaskInWorker } from '../run-task.js';
import { pointOf, taskOf } from '../stored-points.node.js';
import type { TaskOutcome } from '../task-outcome.js';
import type { WorkerCommand, WorkerEvent } from './messages.js';

/** Work between two checks for messages. */
const LISTEN_INTERVAL_MS = 20;
const POSITION_INTERVAL_MS = 200;

const [directory, checkpointSeconds, ruleSha256] = process.argv.slice(2);
let stopping = false;

const send = (event: WorkerEvent): void => {
  // If the parent has died, sending fails; 'disconnect' then ends this process.
  process.send?.(event, undefined, undefined, () => undefined);
};

// Ctrl-C, or the end of a job, signals the whole group of processes; the parent decides what it means. Without a parent
// there is nothing left to do.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGUSR2'] as const) process.on(signal, () => undefined);
process.on('disconnect', () => process.exit(0));
process.on('message', (command: WorkerCommand) => {
  if (command.kind === 'stop') stopping = true;
  else perform(command.task).then(send, sendError);
});

const opened = Promise.all([loadKernel(), RunDirectory.open(directory)]);

async function prepare(): Promise<WorkerEvent> {
  const [, run] = await opened;
  if (ruleSha256) await loadRuleOfSha256(run, ruleSha256);
  return { kind: 'ready' };
}

prepare().then(send, sendError);

async function perform(id: number): Promise<WorkerEvent> {
  const [kernel, run] = await opened;
  const task = await taskOf(run, id);
  const resumed = (await run.checkpoints.read(id)) as TaskState | null;
  let saved = performance.now();
  const checkpointer: Checkpointer = {
    resumed,
    shouldSave: () => performance.now() - saved > Number(checkpointSeconds) * 1000,
    save: (state) => {
      run.checkpoints.write(id, state);
      saved = performance.now();
    },
  };
  const [running, first] = start(task, checkpointer, kernel);
  let [slice, steps, listened, reported] = [first, 0, saved, saved];
  while (!slice.done) {
    steps += slice.value;
    const now = performance.now();
    if (now - listened > LISTEN_INTERVAL_MS) {
      listened = now;
      if (now - reported > POSITION_INTERVAL_MS) {
        reported = now;
        send({ kind: 'position', steps });
      }
      await yieldToEvents();
    }
    slice = running.next(stopping);
  }
  const outcome = slice.value;
  if (outcome.kind === 'cancelled') return { kind: 'stopped' };
  if (outcome.kind === 'invalid') {
    const { point } = run.place(id);
    const error = new InvalidInputError(outcome.message, outcome.path);
    const { message, path } = remapToSweep(error, (await pointOf(run, point)).assignments);
    return { kind: 'invalid', message, path, point };
  }
  run.records.write(id, outcome.result);
  await run.checkpoints.remove(id);
  return { kind: 'done' };
}

/**
 * A task before its first step, resumed from its checkpoint. Without it if the checkpoint does not fit: that costs only
 * time.
 */
function start(
  task: Task,
  checkpointer: Checkpointer,
  kernel: Kernel,
): [CooperativeTask<TaskOutcome>, IteratorResult<number, TaskOutcome>] {
  const running = runTaskInWorker(task, kernel, checkpointer);
  try {
    return [running, running.next(stopping)];
  } catch (error) {
    if (checkpointer.resumed === null) throw error;
    return start(task, { ...checkpointer, resumed: null }, kernel);
  }
}

function sendError(error: unknown): void {
  if (error instanceof InvalidInputError) send({ kind: 'invalid', message: error.message, path: error.path });
  else send({ kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}
