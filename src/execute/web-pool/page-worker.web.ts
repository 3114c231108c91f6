import type { Task } from '#experiment';
import type { Kernel } from '#kernel';
import type { TaskOutcome } from '../task-outcome.js';
import type { WebWorkerCommand, WebWorkerEvent } from './messages.js';

/** One web worker, as its page sees it. */
export class PageWorker {
  readonly #kernel: Kernel;
  readonly #worker = new Worker(new URL('./worker.web.js', import.meta.url), { type: 'module' });
  /** The promises of the tasks given to it, in the order in which it runs them. */
  readonly #pending: { resolve: (outcome: TaskOutcome) => void; reject: (error: Error) => void }[] = [];
  #failure: Error | null = null;

  /** `onAdvanced` is called with the replica-steps made since its last call. */
  constructor(kernel: Kernel, onAdvanced: (steps: number) => void) {
    this.#kernel = kernel;
    this.#worker.addEventListener('message', ({ data: event }: MessageEvent<WebWorkerEvent>) => {
      if (event.kind === 'advanced') onAdvanced(event.steps);
      else if (event.kind === 'outcome') this.#pending.shift()?.resolve(event.outcome);
      else this.#fail(`a simulation worker failed: ${event.message}`);
    });
    this.#worker.addEventListener('error', ({ message }: Partial<ErrorEvent>) => {
      // The error of a script that cannot be loaded has no message.
      this.#fail(
        message ? `a simulation worker failed: ${message}` : 'the script of the simulation workers cannot be loaded',
      );
    });
    this.#worker.addEventListener('messageerror', () => {
      this.#fail('a message of a simulation worker cannot be read');
    });
  }

  run(task: Task): Promise<TaskOutcome> {
    return new Promise((resolve, reject) => {
      if (this.#failure) {
        reject(this.#failure);
        return;
      }
      this.#pending.push({ resolve, reject });
      this.#send({ kind: 'task', task, kernel: this.#kernel });
    });
  }

  cancel(): void {
    this.#send({ kind: 'cancel' });
  }

  terminate(): void {
    this.#worker.terminate();
  }

  #send(command: WebWorkerCommand): void {
    this.#worker.postMessage(command);
  }

  #fail(message: string): void {
    this.#failure = new Error(message);
    for (const { reject } of this.#pending.splice(0)) reject(this.#failure);
  }
}
