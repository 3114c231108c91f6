import type { Task } from '#experiment';
import type { Estimates } from '#measure';
import type { Matrix } from '#linalg';
import type { EstimateCommand, EstimateEvent, WorkerCommand, WorkerEvent } from './messages.js';

/** Messages of all workers together in a second. */
const MESSAGES_PER_SECOND = 8;
/** Samples before the first estimates. */
const MIN_SAMPLES = 4;
/** Samples kept for the trail of the first replica. */
const LONGEST_TRAIL = 600;

/** What a session goes on from: Theta of each replica, and the trail of the first one. */
export interface Checkpoint {
  readonly states: readonly Matrix[];
  readonly trail: readonly Float64Array[];
}

export type Phase = 'ready' | 'running' | 'pausing' | 'paused' | 'failed';

/** What can be seen of a session. */
export interface SimulationSnapshot {
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
  /** Steps after the burn-in at which the trail was seen; NaN for what was seen before the networks went on. */
  readonly trailSteps: readonly number[];
  readonly failure: string | null;
}

interface WorkerHandle {
  readonly worker: Worker;
  readonly replicas: number;
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
export class LiveSimulation {
  readonly #burnIn: number;
  readonly #changed: () => void;
  readonly #hands: WorkerHandle[];
  #phase: Phase = 'ready';
  #maxSampleRate = Infinity;
  #dutyCycle = 1;
  #failure: string | null = null;
  #first: Float64Array | null = null;
  #trail: Float64Array[] = [];
  #trailSteps: number[] = [];
  #estimates: Estimates | null = null;
  /** Samples of each worker that the estimates rest on. */
  #estimated: readonly number[] = [];
  readonly #estimator = new Worker(new URL('./estimate.worker.ts', import.meta.url), { type: 'module' });
  /** Goals set so far. */
  #goals = 0;
  #began = { time: 0, steps: 0 };
  #speed: number | null = null;

  /** `changed` is called whenever there is something new to see. */
  constructor(
    task: Task,
    kernel: WebAssembly.Module,
    workers: number,
    checkpoint: Checkpoint | null,
    changed: () => void,
  ) {
    this.#burnIn = task.burnIn;
    this.#changed = changed;
    this.#trail = [...(checkpoint?.trail ?? [])];
    this.#trailSteps = this.#trail.map(() => NaN);
    const count = Math.min(workers, task.replicas.length);
    const interval = (1000 * count) / MESSAGES_PER_SECOND;
    const channels = Array.from({ length: count }, () => new MessageChannel());
    this.#hands = channels.map((channel, k) => {
      const [from, to] = [k, k + 1].map((part) => Math.round((part * task.replicas.length) / count));
      const replicas = task.replicas.slice(from, to);
      const worker = new Worker(new URL('./replicas.worker.ts', import.meta.url), { type: 'module' });
      const answer = (): void => undefined;
      const hand: WorkerHandle = {
        worker,
        replicas: replicas.length,
        samples: 0,
        steps: 0,
        waits: false,
        answer,
      };
      worker.addEventListener('message', ({ data }: MessageEvent<WorkerEvent>) => {
        this.#hear(hand, data);
      });
      worker.addEventListener('error', ({ message }: Partial<ErrorEvent>) => {
        this.#fail(message ?? 'the script of the simulation workers cannot be loaded');
      });
      const starts = checkpoint?.states.slice(from, to) ?? null;
      const estimator = channel.port1;
      const order: WorkerCommand = { kind: 'begin', task: { ...task, replicas }, kernel, interval, starts, estimator };
      worker.postMessage(order, [estimator]);
      return hand;
    });
    this.#estimator.addEventListener('message', ({ data }: MessageEvent<EstimateEvent>) => {
      this.#hearEstimates(data);
    });
    this.#estimator.addEventListener('error', ({ message }: Partial<ErrorEvent>) => {
      this.#fail(message ?? 'the script that makes estimates cannot be loaded');
    });
    const ports = channels.map(({ port2 }) => port2);
    this.#estimator.postMessage({ measurement: task.measurement, ports } satisfies EstimateCommand, ports);
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
  set maxSampleRate(maxSampleRate: number) {
    this.#maxSampleRate = maxSampleRate;
    if (this.#phase === 'running') this.#order(Infinity);
  }

  /** Most of the time that the workers may work, where others need the processors; at most 1. */
  set dutyCycle(dutyCycle: number) {
    this.#dutyCycle = dutyCycle;
    if (this.#phase === 'running') this.#order(Infinity);
  }

  /** Theta of each replica, and the trail: what another session can go on from. null when this one has failed. */
  async checkpoint(): Promise<Checkpoint | null> {
    if (this.#phase === 'failed') return null;
    const states = await Promise.all(
      this.#hands.map(
        (hand) =>
          new Promise<readonly Matrix[]>((resolve) => {
            hand.answer = resolve;
            hand.worker.postMessage({ kind: 'states' } satisfies WorkerCommand);
          }),
      ),
    );
    return states.some(({ length }) => length === 0) ? null : { states: states.flat(), trail: this.#trail };
  }

  /** Ends the workers. */
  end(): void {
    this.#estimator.terminate();
    for (const { worker, answer } of this.#hands) {
      worker.terminate();
      answer([]);
    }
  }

  snapshot(): SimulationSnapshot {
    return {
      phase: this.#phase,
      samples: Math.min(...this.#hands.map(({ samples }) => samples)),
      steps: Math.min(...this.#hands.map(({ steps }) => steps)),
      burnIn: this.#burnIn,
      speed: this.#speed,
      estimates: this.#estimates,
      first: this.#first,
      trail: this.#trail,
      trailSteps: this.#trailSteps,
      failure: this.#failure,
    };
  }

  #hear(hand: WorkerHandle, report: WorkerEvent): void {
    if (report.kind === 'failed') {
      this.#fail(report.message);
      return;
    }
    if (report.kind === 'states') {
      hand.answer(report.states);
      return;
    }
    const { steps, samples, goal, trail, trailSteps } = report;
    const waits = report.waits && goal === this.#goals;
    Object.assign(hand, { steps, samples, waits });
    if (hand === this.#hands[0] && trail.length > 0) {
      this.#first ??= trail[0];
      this.#trail = [...this.#trail, ...trail].slice(-LONGEST_TRAIL);
      this.#trailSteps = [...this.#trailSteps, ...trailSteps].slice(-LONGEST_TRAIL);
    }
    if (this.#phase === 'running') {
      const { time, steps: before } = this.#began;
      const elapsed = performance.now() - time;
      if (elapsed > 500) this.#speed = (1000 * (this.#replicaSteps() - before)) / elapsed;
    }
    if (this.#phase === 'pausing') this.#align();
    this.#changed();
  }

  #hearEstimates({ samples, estimates }: EstimateEvent): void {
    this.#estimated = samples;
    this.#estimates = estimates;
    if (this.#phase === 'pausing') this.#align();
    this.#changed();
  }

  #isEstimated(samples: number): boolean {
    return this.#estimates !== null && this.#estimated.every((estimated) => estimated === samples);
  }

  /** Once all wait: those that are behind go on to where the furthest stands. */
  #align(): void {
    if (this.#hands.some(({ waits }) => !waits)) return;
    const furthest = this.#furthest();
    if (this.#hands.some(({ samples }) => samples < furthest)) this.#order(furthest);
    // Whoever reads the estimates of a pause is to find those of all its samples.
    else if (furthest < MIN_SAMPLES || this.#isEstimated(furthest)) this.#phase = 'paused';
  }

  #furthest(): number {
    return Math.max(...this.#hands.map(({ samples }) => samples));
  }

  #replicaSteps(): number {
    return this.#hands.reduce((sum, { steps, replicas }) => sum + steps * replicas, 0);
  }

  #order(samples: number): void {
    const order: WorkerCommand = {
      kind: 'goal',
      number: ++this.#goals,
      samples,
      maxSampleRate: this.#maxSampleRate,
      dutyCycle: this.#dutyCycle,
    };
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
