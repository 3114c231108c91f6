import type { Task } from '#experiment';
import type { Kernel } from '#kernel';
import { runTaskInWorker } from '../run-task.js';
import { transferablesOf } from '../task-outcome.js';
import type { WebWorkerCommand, WebWorkerEvent } from './messages.js';

/**
 * Work between two checks for messages: long compared with a check, short compared with the 100 ms in which to stop.
 */
const LISTEN_INTERVAL_MS = 20;

let cancelled = false;
let queue = Promise.resolve();

self.addEventListener('message', ({ data: command }: MessageEvent<WebWorkerCommand>) => {
  if (command.kind === 'cancel') {
    cancelled = true;
  } else {
    queue = queue.then(() => perform(command.task, command.kernel)).catch(sendError);
  }
});

/** Runs a task in slices and listens in between: without shared memory, a page can stop a worker only by a message. */
async function perform(task: Task, kernel: Kernel): Promise<void> {
  const running = runTaskInWorker(task, kernel);
  let steps = 0;
  let listened = performance.now();
  let slice = running.next(cancelled);
  while (!slice.done) {
    steps += slice.value;
    if (performance.now() - listened > LISTEN_INTERVAL_MS) {
      send({ kind: 'advanced', steps });
      steps = 0;
      await yieldToEvents();
      listened = performance.now();
    }
    slice = running.next(cancelled);
  }
  send({ kind: 'advanced', steps });
  send({ kind: 'outcome', outcome: slice.value }, transferablesOf(slice.value));
}

function sendError(error: unknown): void {
  send({ kind: 'failed', message: String(error) });
}

function send(event: WebWorkerEvent, transfer: ArrayBuffer[] = []): void {
  self.postMessage(event, { transfer });
}

const { port1, port2 } = new MessageChannel();

/** Lets waiting messages be handled: by a message to oneself, which browsers do not throttle as they do timers. */
function yieldToEvents(): Promise<void> {
  return new Promise((resolve) => {
    port1.onmessage = () => {
      resolve();
    };
    port2.postMessage(null);
  });
}
