import type { Task } from '#experiment';
import type { Kernel } from '#kernel';
import type { Estimates } from '#measure';
import { MIN_SAMPLES, type EstimateCommand, type EstimateEvent, type WorkerEvent } from './messages.js';
import { ReplicaWorkers } from './replica-workers.js';
import type { Checkpoint, Phase, SimulationSnapshot } from './snapshot.js';
import { watchVisibility } from './visibility.js';

/** Entries of the trail that are kept. */
const MAX_TRAIL = 600;
/** Milliseconds after a start before the speed is measured. */
const SPEED_DELAY_MS = 500;
/** Time by which a worker may be ahead of the others, ms, and samples in any case: a pause waits until these have caught up. */
const MAX_LEAD_MS = 500;
const MAX_LEAD = 2;

type ProgressEvent = Extract<WorkerEvent, { kind: 'progress' }>;

/**
 * An endless live simulation on web workers. Replicas and their random streams are those of the command line. Workers
 * advance independently; in a pause all replicas have the same number of samples, so that the estimates are those of a
 * run of that length.
 */
export class LiveSimulation {
  readonly #burnIn: number;
  readonly #changed: () => void;
  readonly #workers: ReplicaWorkers;
  readonly #estimator = new Worker(new URL('./estimate.worker.ts', import.meta.url), { type: 'module' });
  #phase: Phase = 'ready';
  #maxSampleRate = Infinity;
  #dutyCycle = 1;
  #failure: string | null = null;
  #first: Float64Array | null = null;
  #trail: readonly Float64Array[];
  #trailSteps: readonly number[];
  #trailFrames: readonly (Float64Array | null)[];
  #estimates: Estimates | null = null;
  /** Samples of each worker that the estimates are made of. */
  #estimatedSamples: readonly number[] = [];
  #started = { time: 0, steps: 0, samples: 0 };
  #speed: number | null = null;
  /** Samples of the latest goal of a pause or a step. */
  #aim = 0;
  #restingSince: number | null = null;
  #rested = 0;
  readonly #unwatch: () => void;

  /** `changed` is called whenever the snapshot has changed. */
  constructor(task: Task, kernel: Kernel, maxWorkers: number, checkpoint: Checkpoint | null, changed: () => void) {
    this.#burnIn = task.burnIn;
    this.#changed = changed;
    this.#trail = checkpoint?.trail ?? [];
    this.#trailSteps = this.#trail.map(() => NaN);
    this.#trailFrames = this.#trail.map(() => null);
    this.#workers = new ReplicaWorkers(task, kernel, maxWorkers, checkpoint, {
      onProgress: (event, isFirst) => {
        this.#progressed(event, isFirst);
      },
      onFailure: (message) => {
        this.#fail(message);
      },
    });
    this.#estimator.addEventListener('message', ({ data: { samples, estimates } }: MessageEvent<EstimateEvent>) => {
      this.#estimatedSamples = samples;
      this.#estimates = estimates;
      this.#update();
    });
    this.#estimator.addEventListener('error', ({ message }: Partial<ErrorEvent>) => {
      this.#fail(message ?? 'the script that makes estimates cannot be loaded');
    });
    this.#unwatch = watchVisibility((hidden) => {
      this.#rest(hidden);
    });
    const { ports } = this.#workers;
    this.#estimator.postMessage({ measurement: task.measurement, ports } satisfies EstimateCommand, [...ports]);
  }

  /** Runs without end. */
  start(): void {
    if (this.#phase === 'failed') return;
    this.#phase = 'running';
    this.#run();
    this.#changed();
  }

  /** Stops at the sample that the furthest replica has reached, once all have reached it. */
  pause(): void {
    if (this.#phase !== 'running') return;
    this.#phase = 'pausing';
    this.#awake();
    // First all stop where they are; their answers tell how far the furthest is.
    this.#setGoal(0);
    this.#changed();
  }

  /** Makes one more sample of every replica. */
  step(): void {
    if (this.#phase !== 'paused' && this.#phase !== 'ready') return;
    this.#phase = 'pausing';
    this.#setGoal(this.#workers.mostSamples + 1);
    this.#changed();
  }

  /** Samples per second at most. */
  set maxSampleRate(maxSampleRate: number) {
    this.#maxSampleRate = maxSampleRate;
    if (this.#phase === 'running') this.#setPace();
  }

  /** Fraction of the time that the workers may work, at most 1; the rest is for drawing. */
  set dutyCycle(dutyCycle: number) {
    this.#dutyCycle = dutyCycle;
    if (this.#phase === 'running') this.#setPace();
  }

  /** What another simulation can continue from; null if this one has failed or ended. */
  async checkpoint(): Promise<Checkpoint | null> {
    if (this.#phase === 'failed') return null;
    const states = await this.#workers.states();
    return states && { states, trail: this.#trail };
  }

  /** Ends the workers. */
  end(): void {
    this.#unwatch();
    this.#estimator.terminate();
    this.#workers.terminate();
  }

  snapshot(): SimulationSnapshot {
    return {
      phase: this.#phase,
      samples: this.#workers.samples,
      steps: this.#workers.steps,
      burnIn: this.#burnIn,
      speed: this.#speed,
      resting: this.#restingSince !== null,
      rested: this.#rested,
      estimates: this.#estimates,
      first: this.#first,
      trail: this.#trail,
      trailSteps: this.#trailSteps,
      trailFrames: this.#trailFrames,
      failure: this.#failure,
    };
  }

  #progressed({ trail, trailSteps, trailFrames }: ProgressEvent, isFirst: boolean): void {
    if (isFirst && trail.length > 0) {
      this.#first ??= trail[0];
      this.#trail = [...this.#trail, ...trail].slice(-MAX_TRAIL);
      this.#trailSteps = [...this.#trailSteps, ...trailSteps].slice(-MAX_TRAIL);
      this.#trailFrames = [...this.#trailFrames, ...trailFrames].slice(-MAX_TRAIL);
    }
    if (this.#phase === 'running' && this.#restingSince === null) {
      const { time, steps, samples } = this.#started;
      const elapsed = performance.now() - time;
      if (elapsed > SPEED_DELAY_MS) {
        this.#speed = (1000 * (this.#workers.replicaSteps - steps)) / elapsed;
        const least = this.#workers.samples;
        this.#workers.setLimit(least + Math.max(MAX_LEAD, Math.ceil(((least - samples) * MAX_LEAD_MS) / elapsed)));
      }
    }
    this.#update();
  }

  #update(): void {
    if (this.#phase === 'pausing' && this.#workers.isWaiting) this.#align();
    this.#changed();
  }

  /** Brings all replicas to the sample of the furthest; then the pause begins once its estimates are made. */
  #align(): void {
    const { mostSamples } = this.#workers;
    if (this.#aim !== mostSamples) this.#setGoal(mostSamples);
    else if (mostSamples < MIN_SAMPLES || this.#isEstimated(mostSamples)) this.#phase = 'paused';
  }

  #isEstimated(samples: number): boolean {
    return this.#estimates !== null && this.#estimatedSamples.every((estimated) => estimated === samples);
  }

  /** A hidden page leaves the cores to others: its workers stop where they are, and go on when it is shown again. */
  #rest(hidden: boolean): void {
    if (this.#phase !== 'running' || hidden === (this.#restingSince !== null)) return;
    if (!hidden) this.#awake();
    this.#run(hidden);
    this.#changed();
  }

  /** Adds the time of a rest that ends. */
  #awake(): void {
    if (this.#restingSince !== null) this.#rested += performance.now() - this.#restingSince;
    this.#restingSince = null;
  }

  /** Works without end, and measures the speed from now on; or rests. */
  #run(resting = document.hidden): void {
    if (resting) this.#restingSince ??= performance.now();
    const { replicaSteps, samples } = this.#workers;
    this.#started = { time: performance.now(), steps: replicaSteps, samples };
    this.#speed = null;
    this.#setPace();
  }

  #setPace(): void {
    const samples = this.#restingSince === null ? Infinity : 0;
    this.#workers.setGoal({ samples, maxSampleRate: this.#maxSampleRate, dutyCycle: this.#dutyCycle });
  }

  /** A number of samples to reach soon: the pace is for watching, and a pause does not wait for it. */
  #setGoal(samples: number): void {
    this.#aim = samples;
    this.#workers.setGoal({ samples, maxSampleRate: Infinity, dutyCycle: this.#dutyCycle });
  }

  #fail(message: string): void {
    this.#phase = 'failed';
    this.#failure = message;
    this.end();
    this.#changed();
  }
}
