import type { Task } from '#experiment';
import type { LiveSimulation } from '../simulation/live-simulation.js';
import type { Checkpoint, SimulationSnapshot } from '../simulation/snapshot.js';
import { watchFrames } from '../simulation/throttle.js';
import { canContinue, replicasOf } from './continuation.js';
import type { Store } from './store.js';

/** Milliseconds without a change before a simulation starts. */
const RESTART_DELAY = 250;

/** What is used of a simulation. */
type Simulation = Pick<
  LiveSimulation,
  'start' | 'pause' | 'step' | 'end' | 'snapshot' | 'checkpoint' | 'maxSampleRate' | 'dutyCycle'
>;

interface Surroundings {
  readonly store: Store;
  /** Sets up a simulation that calls `changed` when its snapshot has changed. null where there is no kernel. */
  readonly create: (task: Task, checkpoint: Checkpoint | null, changed: () => void) => Simulation | null;
  /** Receives every snapshot that the page shows. */
  readonly onSnapshot: (snapshot: SimulationSnapshot) => void;
}

/** Runs the live simulation of the point in the store, one at a time, and puts its snapshots there. */
export class SimulationController {
  readonly #surroundings: Surroundings;
  #simulation: Simulation | null = null;
  #running = true;
  #dutyCycle = 1;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #frame = 0;
  #unwatch: () => void = () => undefined;
  #fresh = true;
  #checkpoint: Checkpoint | null = null;
  /** Simulations in a row that continued the one before. */
  #continuations = 0;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  start(): void {
    this.#running = true;
    this.#simulation?.start();
  }

  pause(): void {
    this.#running = false;
    this.#simulation?.pause();
  }

  step(): void {
    this.#simulation?.step();
  }

  /** Samples per second at most. */
  set maxSampleRate(maxSampleRate: number) {
    if (this.#simulation) this.#simulation.maxSampleRate = maxSampleRate;
  }

  /** Whether an expensive view is open: then the workers are throttled so that its frames come in time. */
  set drawing(drawing: boolean) {
    this.#unwatch();
    this.#unwatch = () => undefined;
    if (!drawing) return;
    this.#unwatch = watchFrames((dutyCycle) => {
      this.#dutyCycle = dutyCycle;
      if (this.#simulation) this.#simulation.dutyCycle = dutyCycle;
    });
  }

  /** Makes the next simulation start afresh even if weights are to be kept. */
  forgetWeights(): void {
    this.#fresh = true;
  }

  /** Saves the weights of the present simulation for the next one. */
  async saveWeights(): Promise<void> {
    if (this.#simulation) this.#checkpoint = await this.#simulation.checkpoint();
  }

  stop(): void {
    this.#simulation?.end();
    this.#simulation = null;
  }

  /** Starts a new simulation once no change has come for a while. */
  restartSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.restart();
    }, RESTART_DELAY);
  }

  /** Replaces the simulation by one of the point in the store. */
  restart(): void {
    clearTimeout(this.#timer);
    this.stop();
    const { store, create } = this.#surroundings;
    const { point, maxSampleRate, keepWeights } = store.state;
    if (!point) return;
    const saved = keepWeights && !this.#fresh ? this.#checkpoint : null;
    const checkpoint = saved && canContinue(point, saved) ? saved : null;
    const continuations = checkpoint ? this.#continuations + 1 : 0;
    const replicas = replicasOf(point, continuations);
    const simulation = create({ ...point.task, replicas }, checkpoint, () => {
      this.#showSoon();
    });
    if (!simulation) return;
    [this.#fresh, this.#checkpoint, this.#continuations] = [false, null, continuations];
    this.#simulation = simulation;
    simulation.maxSampleRate = maxSampleRate;
    simulation.dutyCycle = this.#dutyCycle;
    if (this.#running) simulation.start();
    store.update({ snapshot: simulation.snapshot(), continued: checkpoint !== null });
  }

  /** Shows a snapshot at the next frame. */
  #showSoon(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      if (!this.#simulation) return;
      const { store, onSnapshot } = this.#surroundings;
      const snapshot = this.#simulation.snapshot();
      store.update({ snapshot, ...(snapshot.failure ? { message: failureMessage(snapshot.failure) } : {}) });
      onSnapshot(snapshot);
    });
  }
}

/** The failure of a simulation with what the user can do about it: the page chooses the lag itself. */
const failureMessage = (failure: string): string =>
  `The simulation stopped: ${failure.replace(/; (sample more often|give a smaller).*/, '')}. The learning rate is too large for this input; reduce it, or the noise.`;
