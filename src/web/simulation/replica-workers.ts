import type { Task } from '#experiment';
import type { Kernel } from '#kernel';
import type { State } from '#model';
import type { WorkerCommand, WorkerEvent } from './messages.js';
import type { Checkpoint } from './snapshot.js';

/** Progress events of all workers together per second. */
const EVENTS_PER_SECOND = 8;

interface WorkerHandle {
  readonly worker: Worker;
  readonly replicas: number;
  samples: number;
  steps: number;
  /** Whether it has reached the latest goal. */
  waiting: boolean;
  /** Receives the states that were asked for. */
  resolveStates: (states: readonly State[]) => void;
}

type ProgressEvent = Extract<WorkerEvent, { kind: 'progress' }>;
type Goal = Omit<Extract<WorkerCommand, { kind: 'goal' }>, 'kind' | 'number'>;

interface Listeners {
  /** `isFirst` for the worker that has the first replica. */
  readonly onProgress: (event: ProgressEvent, isFirst: boolean) => void;
  readonly onFailure: (message: string) => void;
}

/**
 * The replicas of a task, shared out among workers that advance them independently of each other towards a common goal.
 */
export class ReplicaWorkers {
  /** One for each worker: receives the summaries of its replicas. */
  readonly ports: readonly MessagePort[];
  readonly #listeners: Listeners;
  readonly #handles: readonly WorkerHandle[];
  #goals = 0;

  constructor(task: Task, kernel: Kernel, maxWorkers: number, checkpoint: Checkpoint | null, listeners: Listeners) {
    this.#listeners = listeners;
    const count = Math.min(maxWorkers, task.replicas.length);
    const channels = Array.from({ length: count }, () => new MessageChannel());
    this.ports = channels.map(({ port2 }) => port2);
    this.#handles = channels.map(({ port1: estimator }, k) => {
      const [from, to] = [k, k + 1].map((part) => Math.round((part * task.replicas.length) / count));
      const replicas = task.replicas.slice(from, to);
      const handle = this.#spawn(replicas.length, k === 0);
      const command: WorkerCommand = {
        kind: 'begin',
        task: { ...task, replicas },
        kernel,
        interval: (1000 * count) / EVENTS_PER_SECOND,
        starts: checkpoint?.states.slice(from, to) ?? null,
        estimator,
      };
      handle.worker.postMessage(command, [estimator]);
      return handle;
    });
  }

  #spawn(replicas: number, isFirst: boolean): WorkerHandle {
    const { onProgress, onFailure } = this.#listeners;
    const worker = new Worker(new URL('./replicas.worker.ts', import.meta.url), { type: 'module' });
    const handle: WorkerHandle = {
      worker,
      replicas,
      samples: 0,
      steps: 0,
      waiting: false,
      resolveStates: () => undefined,
    };
    worker.addEventListener('message', ({ data: event }: MessageEvent<WorkerEvent>) => {
      if (event.kind === 'failed') {
        onFailure(event.message);
      } else if (event.kind === 'states') {
        handle.resolveStates(event.states);
      } else {
        const { steps, samples, waiting, goal } = event;
        Object.assign(handle, { steps, samples, waiting: waiting && goal === this.#goals });
        onProgress(event, isFirst);
      }
    });
    worker.addEventListener('error', ({ message }: Partial<ErrorEvent>) => {
      onFailure(message ?? 'the script of the simulation workers cannot be loaded');
    });
    return handle;
  }

  /** Samples and steps of the replicas that have fewest, and samples of those that have most. */
  get samples(): number {
    return Math.min(...this.#handles.map(({ samples }) => samples));
  }
  get steps(): number {
    return Math.min(...this.#handles.map(({ steps }) => steps));
  }
  get mostSamples(): number {
    return Math.max(...this.#handles.map(({ samples }) => samples));
  }

  /** Steps of all replicas together. */
  get replicaSteps(): number {
    return this.#handles.reduce((sum, { steps, replicas }) => sum + steps * replicas, 0);
  }

  /** Whether all have reached the latest goal. */
  get isWaiting(): boolean {
    return this.#handles.every(({ waiting }) => waiting);
  }

  setGoal(goal: Goal): void {
    const command: WorkerCommand = { kind: 'goal', number: ++this.#goals, ...goal };
    for (const handle of this.#handles) {
      handle.waiting = false;
      handle.worker.postMessage(command);
    }
  }

  /** Lets no worker make more samples than these until the next goal or limit; one alone waits for nobody. */
  setLimit(samples: number): void {
    if (this.#handles.length < 2) return;
    for (const { worker } of this.#handles) worker.postMessage({ kind: 'limit', samples } satisfies WorkerCommand);
  }

  /** Theta of each replica; null where a worker has none any more. */
  async states(): Promise<readonly State[] | null> {
    const states = await Promise.all(
      this.#handles.map(
        (handle) =>
          new Promise<readonly State[]>((resolve) => {
            handle.resolveStates = resolve;
            handle.worker.postMessage({ kind: 'states' } satisfies WorkerCommand);
          }),
      ),
    );
    return states.some(({ length }) => length === 0) ? null : states.flat();
  }

  terminate(): void {
    for (const { worker, resolveStates } of this.#handles) {
      worker.terminate();
      resolveStates([]);
    }
  }
}
