import { directionsApart } from './directions.js';
import type { LabPoint } from '../prediction/messages.js';
import type { SimulationSnapshot } from '../simulation/snapshot.js';
import { anglesBetween, CodePath, cosinesBetween, placesOf, turned, type PathPoint } from './path.js';
import type { EffectiveProcess } from './process.js';

/** Codes that can be told apart in the picture. */
export const MAX_CODES = 20;
/** Milliseconds in which the clock catches up with the network: samples come several at a time. */
const SMOOTHING_MS = 140;
/** Longest time between two pictures that counts, ms: a page that was hidden does not leap. */
const MAX_FRAME_MS = 250;
/** A network that makes less than this part of the steps that the clock wants gives way to the effective process. */
const TOO_SLOW = 0.5;

type Loader = () => Promise<typeof EffectiveProcess>;
const loadProcess: Loader = async () => (await import('./process.js')).EffectiveProcess;

/** What moves the codes: the network itself, or the effective process beyond the steps that it has made. */
type Mover = 'network' | 'process';

/**
 * Plays one network on a clock of steps. As far as the network is simulated, the codes are its own; where the clock is to run faster than the
 * workers can, the effective process takes over from its latest frame, until the network has caught up with the clock.
 */
export class StagePlayer {
  readonly #path = new CodePath();
  readonly #load: Loader;
  #point: LabPoint | null = null;
  #first: Float64Array | null = null;
  #directions: Float64Array | null = null;
  /** Codes on the manifold, K x units: at the start, at the latest sample, and the latest frame. */
  #start: Float64Array | null = null;
  #now: Float64Array | null = null;
  #frame: Float64Array | null = null;
  #process: EffectiveProcess | null = null;
  #loading = false;
  #clock = 0;
  #lastFrame = NaN;
  #networkStep = 0;

  constructor(load: Loader = loadProcess) {
    this.#load = load;
  }

  /** Steps after the burn-in. */
  get clock(): number {
    return this.#clock;
  }
  get mover(): Mover {
    return this.#process ? 'process' : 'network';
  }
  /** Where the codes were at the first sample, K x 3. */
  get startPlaces(): Float32Array | null {
    return this.#start && this.#directions ? placesOf(this.#start, this.#directions) : null;
  }
  get count(): number {
    return Math.min(MAX_CODES, this.#point?.probes.length ?? 0);
  }
  /** Angles by which the codes have turned since the first sample, rad. */
  get angles(): readonly (number | null)[] {
    return this.#start && this.#now ? anglesBetween(this.#start, this.#now, this.count) : [];
  }

  /** Their cosines: the self-correlation of each code of the network in the picture. */
  get correlations(): readonly number[] {
    return this.angles.flatMap((angle) => (angle === null ? [] : [Math.cos(angle)]));
  }

  /** Takes what is new of a simulation; another one begins a new path. */
  feed(point: LabPoint | null, snapshot: SimulationSnapshot | null, stepsPerSecond: number): void {
    if (point !== this.#point || (snapshot?.first ?? null) !== this.#first) this.#begin(point, snapshot);
    if (!point || !snapshot || !this.#directions) return;
    const { trail, trailSteps, trailFrames } = snapshot;
    const latest = trailSteps.at(-1) ?? NaN;
    if (this.#process && (latest >= this.#clock || this.#keepsUp(point, snapshot, stepsPerSecond)))
      this.#returnToNetwork();
    trail.forEach((hidden, i) => {
      if (trailSteps[i] > this.#networkStep || this.#path.points.length === 0) {
        this.#addSample(hidden, trailSteps[i], trailFrames[i]);
      }
    });
    if (this.#isTooSlow(point, snapshot, stepsPerSecond)) void this.#handOver(point);
  }

  /** Moves the clock to a time of the page, ms. Returns whether the picture has changed. */
  advance(now: number, running: boolean, stepsPerSecond: number): boolean {
    const elapsed = Math.min(MAX_FRAME_MS, Math.max(0, now - this.#lastFrame)) || 0;
    this.#lastFrame = now;
    const before = this.#clock;
    if (this.#process && !Number.isFinite(stepsPerSecond)) this.#returnToNetwork();
    if (this.#process) {
      if (running && elapsed > 0) this.#follow((stepsPerSecond * elapsed) / 1000);
    } else {
      const rest = this.#networkStep - this.#clock;
      this.#clock += rest * (1 - 2 ** (-elapsed / SMOOTHING_MS));
      if (rest < 1) this.#clock = this.#networkStep;
    }
    return this.#clock !== before;
  }

  /** The path up to the clock. */
  points(): readonly PathPoint[] {
    const { points } = this.#path;
    const count = this.#path.countUpTo(this.#clock);
    const [from, to] = [points.at(count - 1), points.at(count)];
    if (!from || !to || from.step === this.#clock) return points.slice(0, count);
    return [...points.slice(0, count), between(from, to, this.#clock)];
  }

  /** Self-correlation of a code of the network up to the clock, without its fluctuation, and as the process goes on. */
  course(code: number): { readonly network: [step: number, value: number][]; readonly process: [number, number][] } {
    const points = this.#path.points.slice(0, this.#path.countUpTo(this.#clock));
    const split = points.findIndex(({ byProcess }) => byProcess);
    const all = points.map(({ step, cosines }): [number, number] => [step, cosines[code]]);
    return split < 0
      ? { network: all, process: [] }
      : { network: all.slice(0, split), process: all.slice(Math.max(0, split - 1)) };
  }

  #begin(point: LabPoint | null, snapshot: SimulationSnapshot | null): void {
    this.#path.clear();
    [this.#point, this.#first, this.#process] = [point, snapshot?.first ?? null, null];
    [this.#clock, this.#networkStep] = [0, 0];
    [this.#start, this.#now, this.#frame] = [null, null, null];
    const all = point?.probes.length ?? 0;
    const shown = this.#first?.subarray(0, (this.count * this.#first.length) / Math.max(1, all));
    this.#directions = shown ? directionsApart(shown, this.count) : null;
  }

  #addSample(hidden: Float64Array, step: number, frame: Float64Array | null): void {
    const point = this.#point;
    if (!point || !this.#directions || Number.isNaN(step)) return;
    const shown = hidden.subarray(0, (this.count * hidden.length) / point.probes.length);
    const projected = frame ? turned(this.#codes(point), frame) : shown;
    this.#networkStep = step;
    this.#frame = frame;
    if (!this.#process) this.#add(step, projected, shown, false);
  }

  #add(step: number, codes: Float64Array, raw: Float64Array, byProcess: boolean): void {
    if (!this.#directions) return;
    this.#start ??= codes;
    this.#now = codes;
    const places = placesOf(codes, this.#directions);
    const jitter = byProcess ? places : placesOf(raw, this.#directions);
    this.#path.add({ step, places, jitter, cosines: cosinesBetween(this.#start, codes, this.count), byProcess });
  }

  #codes(point: LabPoint): Float64Array[] {
    return point.probes.slice(0, this.count).map(({ representation }) => representation);
  }

  /** Whether the network goes as fast as the clock, which may be told to go more slowly than before. */
  #keepsUp({ task }: LabPoint, { speed }: SimulationSnapshot, stepsPerSecond: number): boolean {
    return (speed ?? 0) / task.replicas.length >= stepsPerSecond;
  }

  #isTooSlow(point: LabPoint, { phase, speed }: SimulationSnapshot, stepsPerSecond: number): boolean {
    if (this.#process || this.#loading || !this.#frame || !point.motion || phase !== 'running') return false;
    if (!Number.isFinite(stepsPerSecond) || speed === null) return false;
    return speed / point.task.replicas.length < TOO_SLOW * stepsPerSecond;
  }

  /** Where the process cannot be loaded, as without a connection, the network goes on as fast as it can. */
  async #handOver(point: LabPoint): Promise<void> {
    this.#loading = true;
    let Process: typeof EffectiveProcess;
    try {
      Process = await this.#load();
    } catch {
      // It is not asked for again.
      return;
    }
    this.#loading = false;
    // Not where another simulation has begun meanwhile.
    if (point !== this.#point || !this.#frame || !point.motion) return;
    this.#process = new Process(point.motion, this.#frame, point.task.seed);
    this.#clock = Math.max(this.#clock, this.#networkStep);
  }

  #follow(steps: number): void {
    const point = this.#point;
    if (!this.#process || !point) return;
    this.#clock += steps;
    const codes = turned(this.#codes(point), this.#process.advance(steps));
    this.#add(this.#clock, codes, codes, true);
  }

  /** Its own path again, and what it has gone meanwhile; the clock does not go beyond it. */
  #returnToNetwork(): void {
    this.#process = null;
    this.#clock = Math.min(this.#clock, this.#networkStep);
    this.#path.keepNetwork();
    this.#networkStep = this.#path.last?.step ?? 0;
  }
}

/** Where the codes are between two points of a path. */
function between(from: PathPoint, to: PathPoint, step: number): PathPoint {
  const part = (step - from.step) / (to.step - from.step);
  const places = from.places.map((value, i) => value + part * (to.places[i] - value));
  return { step, places, jitter: places, cosines: to.cosines, byProcess: to.byProcess };
}
