import type { Task } from '#experiment';
import { estimate, type Estimates, type ReplicaSummary } from '#measure';
import type { Matrix } from '#linalg';
import type { Order, Report } from './messages.js';

/** Messages of all workers together in a second. */
const MESSAGES_PER_SECOND = 8;
/** Samples kept for the trail of the first replica. */
const LONGEST_TRAIL = 600;

/** What a session goes on from: Theta of each replica, and the trail of the first one. */
export interface Beginning {
  readonly states: readonly Matrix[];
  readonly trail: readonly Float64Array[];
}

export type Phase = 'ready' | 'running' | 'pausing' | 'paused' | 'failed';

/** What can be seen of a session. */
export interface Sight {
  readonly phase: Phase;
  /** Samples of the replica that has fewest, and steps of each replica, burn-in included. */
  readonly samples: number;
  readonly steps: number;
  readonly burnIn: number;
  /** Replica-steps per second since the last start; null before anything is known. */
  readonly speed: number | null;
  /** null before the fourth sample. */
  readonly estimates: Estimates | null;
  /** W1 x of the probes in the first replica, K x k numbers each: at the first sample, and at the latest ones. */
  readonly first: Float64Array | null;
  readonly trail: readonly Float64Array[];
  readonly failure: string | null;
}

interface Hand {
  readonly worker: Worker;
  readonly replicas: number;
  summaries: readonly ReplicaSummary[];
  samples: number;
  steps: number;
  /** Whether it has reached the goal that was last set. */
  waits: boolean;
  /** Hears the states that were asked for. */
  answer: (states: readonly Matrix[]) => void;
}

/**
 * An endless live simulation on web workers. Replicas and their streams are those of the command line; each worker advances
 * some of them on its own. When paused, all wait at the same sample, so that the estimates are those of a run of that length.
 */
export class LiveSession {
  readonly #task: Task;
  readonly #changed: () => void;
  readonly #hands: Hand[];
  #phase: Phase = 'ready';
  #pace = Infinity;
  #failure: string | null = null;
  #first: Float64Array | null = null;
  #trail: Float64Array[] = [];
  #estimates: Estimates | null = null;
  #dirty = false;
  /** Goals set so far. */
  #goals = 0;
  #began = { time: 0, steps: 0 };
  #speed: number | null = null;

  /** `changed` is called whenever there is something new to see. */
  constructor(
    task: Task,
    kernel: WebAssembly.Module,
    workers: number,
    beginning: Beginning | null,
    changed: () => void,
  ) {
    this.#task = task;
    this.#changed = changed;
    this.#trail = [...(beginning?.trail ?? [])];
    const count = Math.min(workers, task.replicas.length);
    const interval = (1000 * count) / MESSAGES_PER_SECOND;
    this.#hands = Array.from({ length: count }, (_, k) => {
      const [from, to] = [k, k + 1].map((part) => Math.round((part * task.replicas.length) / count));
      const replicas = task.replicas.slice(from, to);
      const worker = new Worker(new URL('./replicas.worker.ts', import.meta.url), { type: 'module' });
      const answer = (): void => undefined;
      const hand: Hand = {
        worker,
        replicas: replicas.length,
        summaries: [],
        samples: 0,
        steps: 0,
        waits: false,
        answer,
      };
      worker.addEventListener('message', ({ data }: MessageEvent<Report>) => {
        this.#hear(hand, data);
      });
      worker.addEventListener('error', ({ message }: Partial<ErrorEvent>) => {
        this.#fail(message ?? 'the script of the simulation workers cannot be loaded');
      });
      const starts = beginning?.states.slice(from, to) ?? null;
      const order: Order = { kind: 'begin', task: { ...task, replicas }, kernel, interval, starts };
      worker.postMessage(order);
      return hand;
    });
  }

  /** Runs without end. */
  start(): void {
    if (this.#phase === 'failed') return;
    this.#phase = 'running';
    this.#began = { time: performance.now(), steps: this.#replicaSteps() };
    this.#speed = null;
    this.#order(Infinity);
    this.#changed();
  }

  /** Stops where the replica that is furthest stands, once all have come there. */
  pause(): void {
    if (this.#phase !== 'running') return;
    this.#phase = 'pausing';
    // First all stop where they are; the answer to that says how far the furthest is.
    this.#order(0);
    this.#changed();
  }

  /** One sample more of every replica. */
  step(): void {
    if (this.#phase !== 'paused' && this.#phase !== 'ready') return;
    this.#phase = 'pausing';
    this.#order(this.#furthest() + 1);
    this.#changed();
  }

  /** Most samples in a second; Infinity for as fast as it goes. */
  set pace(pace: number) {
    this.#pace = pace;
    if (this.#phase === 'running') this.#order(Infinity);
  }

  /** Theta of each replica, and the trail: what another session can go on from. null when this one has failed. */
  async beginning(): Promise<Beginning | null> {
    if (this.#phase === 'failed') return null;
    const states = await Promise.all(
      this.#hands.map(
        (hand) =>
          new Promise<readonly Matrix[]>((resolve) => {
            hand.answer = resolve;
            hand.worker.postMessage({ kind: 'states' } satisfies Order);
          }),
      ),
    );
    return states.some(({ length }) => length === 0) ? null : { states: states.flat(), trail: this.#trail };
  }

  /** Ends the workers. */
  end(): void {
    for (const { worker, answer } of this.#hands) {
      worker.terminate();
      answer([]);
    }
  }

  /** Computes the estimates of what has come since it was last asked. */
  sight(): Sight {
    if (this.#dirty) {
      this.#dirty = false;
      const summaries = this.#hands.flatMap((hand) => hand.summaries);
      if (summaries.length === this.#task.replicas.length && summaries.every(({ samples }) => samples > 3)) {
        this.#estimates = estimate(this.#task.measurement, summaries);
      }
    }
    return {
      phase: this.#phase,
      samples: Math.min(...this.#hands.map(({ samples }) => samples)),
      steps: Math.min(...this.#hands.map(({ steps }) => steps)),
      burnIn: this.#task.burnIn,
      speed: this.#speed,
      estimates: this.#estimates,
      first: this.#first,
      trail: this.#trail,
      failure: this.#failure,
    };
  }

  #hear(hand: Hand, report: Report): void {
    if (report.kind === 'failed') {
      this.#fail(report.message);
      return;
    }
    if (report.kind === 'states') {
      hand.answer(report.states);
      return;
    }
    const { steps, samples, goal, summaries, trail } = report;
    const waits = report.waits && goal === this.#goals;
    Object.assign(hand, { steps, samples, waits, summaries });
    this.#dirty = true;
    if (hand === this.#hands[0] && trail.length > 0) {
      this.#first ??= trail[0];
      this.#trail = [...this.#trail, ...trail].slice(-LONGEST_TRAIL);
    }
    if (this.#phase === 'running') {
      const { time, steps: before } = this.#began;
      const elapsed = performance.now() - time;
      if (elapsed > 500) this.#speed = (1000 * (this.#replicaSteps() - before)) / elapsed;
    }
    if (this.#phase === 'pausing') this.#align();
    this.#changed();
  }

  /** Once all wait: those that are behind go on to where the furthest stands. */
  #align(): void {
    if (this.#hands.some(({ waits }) => !waits)) return;
    const furthest = this.#furthest();
    if (this.#hands.every(({ samples }) => samples === furthest)) this.#phase = 'paused';
    else this.#order(furthest);
  }

  #furthest(): number {
    return Math.max(...this.#hands.map(({ samples }) => samples));
  }

  #replicaSteps(): number {
    return this.#hands.reduce((sum, { steps, replicas }) => sum + steps * replicas, 0);
  }

  #order(samples: number): void {
    const order: Order = { kind: 'goal', number: ++this.#goals, samples, pace: this.#pace };
    for (const hand of this.#hands) {
      hand.waits = false;
      hand.worker.postMessage(order);
    }
  }

  #fail(message: string): void {
    this.#phase = 'failed';
    this.#failure = message;
    this.end();
    this.#changed();
  }
}
