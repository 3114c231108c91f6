import type { Task } from '#experiment';
import type { LiveSimulation } from '../simulation/live-simulation.js';
import type { Checkpoint, SimulationSnapshot } from '../simulation/snapshot.js';
import { watchFrames, type FrameWish } from '../simulation/throttle.js';
import { stepsPerSecond } from '../stage/pace.js';
import { canContinue, replicasOf } from './continuation.js';
import type { LabEvent } from './reduce.js';
import type { LabState } from './state.js';

/** Milliseconds without a change before a simulation starts. */
const RESTART_DELAY = 250;
/** Milliseconds between two snapshots while networks learn, and where they learn as fast as they can. */
const SHOW_MS = 50;
const SPARING_SHOW_MS = 250;
/** Every frame of the display, always watched; and what is enough there: 25 and more a second, watched now and then. */
const SMOOTH: FrameWish = { wantedMs: 0, restMs: 0 };
const SPARING: FrameWish = { wantedMs: 36, restMs: 4000 };

/** The fraction of the time that the workers keep once the user does something, and for how long, ms. */
const ANSWERING_DUTY_CYCLE = 0.25;
const ANSWERING_MS = 400;

/** What is used of a simulation. */
type Simulation = Pick<
  LiveSimulation,
  'start' | 'pause' | 'step' | 'end' | 'snapshot' | 'checkpoint' | 'maxSampleRate' | 'dutyCycle'
>;

interface Surroundings {
  readonly state: () => LabState;
  readonly dispatch: (event: LabEvent) => void;
  /** Sets up a simulation that calls `changed` when its snapshot has changed. null where there is no kernel. */
  readonly create: (task: Task, checkpoint: Checkpoint | null, changed: () => void) => Simulation | null;
  /** Receives every snapshot that the page shows. */
  readonly onSnapshot: (snapshot: SimulationSnapshot) => void;
}

/** Runs the live simulation of the present point, one at a time, and hands over its snapshots. */
export class SimulationController {
  readonly #surroundings: Surroundings;
  #simulation: Simulation | null = null;
  #running = true;
  #dutyCycle = 1;
  #answering: ReturnType<typeof setTimeout> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #frame = 0;
  #shownAt = -Infinity;
  #showTimer: ReturnType<typeof setTimeout> | undefined;
  #unwatch: () => void = () => undefined;
  #fresh = true;
  /** Whether the next simulation continues even if weights are not kept in general. */
  #goesOn = false;
  #checkpoint: Checkpoint | null = null;
  /** Simulations in a row that continued the one before. */
  #continuations = 0;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  start(): void {
    this.#running = true;
    // What the user waits for are the workers, here and at a pause, which begins when all have made the same sample.
    this.#takeBack();
    this.#simulation?.start();
  }

  pause(): void {
    this.#running = false;
    this.#takeBack();
    this.#simulation?.pause();
  }

  step(): void {
    this.#takeBack();
    this.#simulation?.step();
  }

  /** Follows the pace of the page. */
  keepPace(): void {
    if (this.#simulation) this.#simulation.maxSampleRate = sampleRateOf(this.#surroundings.state());
  }

  /** Whether an expensive view is open: then the workers are throttled so that its frames come in time. */
  set drawing(drawing: boolean) {
    this.#unwatch();
    this.#unwatch = () => undefined;
    if (!drawing) return;
    this.#unwatch = watchFrames(
      (dutyCycle) => {
        this.#dutyCycle = dutyCycle;
        this.#shareTime();
      },
      () => (this.#isSparing ? SPARING : SMOOTH),
    );
  }

  /** Leaves the page most of the processor for a moment: the user has done something, and waits to see what it does. */
  giveWay(): void {
    clearTimeout(this.#answering);
    this.#answering = setTimeout(() => {
      this.#takeBack();
    }, ANSWERING_MS);
    this.#shareTime();
  }

  #takeBack(): void {
    clearTimeout(this.#answering);
    this.#answering = undefined;
    this.#shareTime();
  }

  #shareTime(): void {
    if (!this.#simulation) return;
    const most = this.#answering === undefined ? 1 : ANSWERING_DUTY_CYCLE;
    this.#simulation.dutyCycle = Math.min(most, this.#dutyCycle);
  }

  /** Whether networks learn as fast as they can, so that drawing takes from their time. */
  get #isSparing(): boolean {
    const { view, point } = this.#surroundings.state();
    return stepsPerSecond(view.pace, point) === Infinity;
  }

  /** Makes the next simulation start afresh even if weights are to be kept. */
  forgetWeights(): void {
    [this.#fresh, this.#goesOn] = [true, false];
  }

  /** Makes the next simulation continue the present one. */
  goOn(): void {
    this.#goesOn = true;
  }

  /** Saves the weights of the present simulation where the next one is to keep them. */
  async saveWeights(): Promise<void> {
    if (this.#simulation && this.#keepsWeights) this.#checkpoint = await this.#simulation.checkpoint();
  }

  get #keepsWeights(): boolean {
    return this.#goesOn || this.#surroundings.state().keepWeights;
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

  /** Replaces the simulation by one of the present point. */
  restart(): void {
    clearTimeout(this.#timer);
    this.stop();
    const { state, dispatch, create } = this.#surroundings;
    const { point } = state();
    if (!point) return;
    const saved = this.#keepsWeights && !this.#fresh ? this.#checkpoint : null;
    const checkpoint = saved && canContinue(point, saved) ? saved : null;
    const continuations = checkpoint ? this.#continuations + 1 : 0;
    const replicas = replicasOf(point, continuations);
    const simulation = create({ ...point.task, replicas }, checkpoint, () => {
      this.#showSoon();
    });
    if (!simulation) return;
    [this.#fresh, this.#goesOn, this.#checkpoint, this.#continuations] = [false, false, null, continuations];
    this.#simulation = simulation;
    simulation.maxSampleRate = sampleRateOf(state());
    this.#shareTime();
    if (this.#running) simulation.start();
    dispatch({ kind: 'began', snapshot: simulation.snapshot(), continued: checkpoint !== null });
  }

  /** Shows a snapshot at the next frame; while networks learn, some time after the one before. */
  #showSoon(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#showTimer);
    const apart = this.#isSparing ? SPARING_SHOW_MS : SHOW_MS;
    const left = this.#running ? this.#shownAt + apart - performance.now() : 0;
    if (left > 0) {
      this.#showTimer = setTimeout(() => {
        this.#showAtFrame();
      }, left);
    } else this.#showAtFrame();
  }

  #showAtFrame(): void {
    this.#frame = requestAnimationFrame(() => {
      if (!this.#simulation) return;
      this.#shownAt = performance.now();
      const { dispatch, onSnapshot } = this.#surroundings;
      const snapshot = this.#simulation.snapshot();
      dispatch({ kind: 'advanced', snapshot });
      onSnapshot(snapshot);
    });
  }
}

/** Samples per second at most, so that the networks keep to the steps per second that the page shows. */
function sampleRateOf({ view, point }: LabState): number {
  return point ? stepsPerSecond(view.pace, point) / point.task.measurement.lag : Infinity;
}
