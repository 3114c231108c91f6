import type { Task } from '#experiment';
import type { Answer, Request } from './messages.js';
import { buffersOf } from '../task-outcome.js';
import { work } from '../run-task.js';

/** Milliseconds of work between two looks at the messages: long beside a look, short beside the 100 ms to stop in. */
const LISTENING_INTERVAL = 20;

let cancelled = false;
let working = Promise.resolve();

self.addEventListener('message', ({ data: request }: MessageEvent<Request>) => {
  if (request.kind === 'cancel') {
    cancelled = true;
  } else {
    working = working.then(() => answer(request.task, request.kernel)).catch(fail);
  }
});

/** Does a task in slices and listens in between: a page that shares no memory can stop it only by a message. */
async function answer(task: Task, kernel: WebAssembly.Module): Promise<void> {
  const running = work(task, kernel);
  let steps = 0;
  let listened = performance.now();
  let slice = running.next(cancelled);
  while (!slice.done) {
    steps += slice.value;
    if (performance.now() - listened > LISTENING_INTERVAL) {
      tell({ kind: 'advanced', steps });
      steps = 0;
      await messagesHeard();
      listened = performance.now();
    }
    slice = running.next(cancelled);
  }
  tell({ kind: 'advanced', steps });
  tell({ kind: 'outcome', outcome: slice.value }, buffersOf(slice.value));
}

function fail(error: unknown): void {
  tell({ kind: 'failed', message: String(error) });
}

function tell(answer: Answer, transfer: ArrayBuffer[] = []): void {
  self.postMessage(answer, { transfer });
}

const { port1: here, port2: there } = new MessageChannel();

/** Gives the messages that wait their turn: a message to oneself, which unlike a timer is not held back. */
function messagesHeard(): Promise<void> {
  return new Promise((resolve) => {
    here.onmessage = () => {
      resolve();
    };
    there.postMessage(null);
  });
}
