import { InvalidInputError, type Estimate } from '#core';
import { loadKernel } from '#kernel/web';
import type { Estimates } from '#measure';
import { experimentText, presetExperiment, withNumbers, type Times } from './experiment.js';
import {
  beginnings,
  firstLook,
  fromHash,
  toHash,
  type Look,
  type NumberKey,
  type Numbers,
  type Parameters,
  type Preset,
} from './parameters.js';
import { watchFrames } from './session/courtesy.js';
import { LiveSession, type Beginning, type Sight } from './session/session.js';
import { TheoryClient } from './theory/client.js';
import { LARGEST_FILE } from './theory/limits.js';
import type { DataFile, LabPoint, PlainExperiment } from './theory/messages.js';
import type { FrequencyCurve } from './views/frequency.js';

/** Everything the page shows. */
export interface LabState extends Look {
  readonly parameters: Parameters;
  /** An experiment that someone brought; the preset unless given. */
  readonly own: PlainExperiment | null;
  /** The theory of what is set, or null while it is computed. */
  readonly point: LabPoint | null;
  readonly sight: Sight | null;
  /** What is wrong with what was asked. */
  readonly message: string | null;
  readonly curve: FrequencyCurve | null;
  /** Simulated rates: frequency -> D/|h|^2 of each probe. */
  readonly seen: ReadonlyMap<number, readonly Estimate[]>;
  /** Whether the networks keep their weights when a number changes that lets them. */
  readonly keep: boolean;
  /** Whether they have done so: then no experiment file repeats them digit by digit. */
  readonly continued: boolean;
}

/** Numbers after whose change the same networks can go on; others make other networks, or other random numbers. */
const continuing: ReadonlySet<string> = new Set<NumberKey>([
  'f',
  'exponent',
  'learningRate',
  'weightDecay',
  'labelNoiseVariance',
  'batchSize',
]);
/** More replicas than a point has: those that go on draw other random numbers than before. */
const MOST_REPLICAS = 2 ** 20;

/** Milliseconds without a change before the theory is asked, and before the simulation begins anew. */
const THEORY_DELAY = 40;
const RESTART_DELAY = 250;
/** Frequencies at which the theory draws its curve. */
const FREQUENCIES = Array.from({ length: 19 }, (_, k) => k * 0.05);
/** Increments per replica from which a rate is shown in the curve over f. */
const ENOUGH_SAMPLES = 12;

/** The lab without its looks: parameters in, theory and a live simulation out. */
export class Lab {
  readonly #theory = new TheoryClient();
  readonly #workers: number;
  readonly #show: (state: LabState) => void;
  #state: LabState = {
    parameters: beginnings.isotropic,
    own: null,
    point: null,
    sight: null,
    message: null,
    curve: null,
    seen: new Map(),
    ...firstLook,
    keep: false,
    continued: false,
  };
  #files: DataFile[] = [];
  #kernel: WebAssembly.Module | null = null;
  #session: LiveSession | null = null;
  #running = true;
  #asked = 0;
  #theoryTimer = 0;
  #restartTimer = 0;
  #frame = 0;
  #curveKey = '';
  /** Whether the next simulation begins anew whatever is kept; what it goes on from otherwise; how often one went on. */
  #anew = true;
  #beginning: Beginning | null = null;
  #continuations = 0;
  #share = 1;
  #unwatched: () => void = () => undefined;
  #remembered: Estimates | null = null;

  /** `show` is called with every new state, at most once a frame. */
  constructor(show: (state: LabState) => void, workers = navigator.hardwareConcurrency) {
    this.#show = show;
    this.#workers = workers;
  }

  get state(): LabState {
    return this.#state;
  }

  /** Takes the state of a link, and begins. */
  async open(hash: string, running: boolean): Promise<void> {
    this.#running = running;
    try {
      this.#set(fromHash(hash));
    } catch (error) {
      this.#complain(error);
    }
    try {
      this.#kernel = await loadKernel();
    } catch (error) {
      this.#complain(error);
    }
    await this.#predict();
  }

  choose(preset: Preset): void {
    this.adopt(beginnings[preset]);
  }

  /** Takes all parameters at once. */
  adopt(parameters: Parameters): void {
    this.#anew = true;
    this.#set({ own: null, parameters, message: null });
    this.#later();
  }

  change(change: Partial<Parameters>): void {
    if (!Object.keys(change).every((key) => continuing.has(key))) this.#anew = true;
    this.#set({ parameters: { ...this.#state.parameters, ...change }, message: null });
    const { own } = this.#state;
    if (own) this.#set({ own: withNumbers(own, change) });
    this.#later();
  }

  start(): void {
    this.#running = true;
    this.#session?.start();
  }

  pause(): void {
    this.#running = false;
    this.#session?.pause();
  }

  step(): void {
    this.#session?.step();
  }

  /** The same from the first step. */
  reset(): void {
    this.#anew = true;
    this.#restart();
  }

  set pace(pace: number) {
    this.#set({ pace });
    this.#address();
    if (this.#session) this.#session.pace = pace;
  }

  set followed(followed: number) {
    this.#set({ followed });
    this.#address();
  }

  /** Whether a view is open whose frames cost much: then the simulation leaves it the time that it needs. */
  set drawing(drawing: boolean) {
    this.#unwatched();
    this.#unwatched = () => undefined;
    if (!drawing) return;
    this.#unwatched = watchFrames((share) => {
      this.#share = share;
      if (this.#session) this.#session.share = share;
    });
  }

  set keep(keep: boolean) {
    this.#set({ keep });
  }

  say(message: string | null): void {
    this.#set({ message });
  }

  /** Takes files: tables, or an experiment file with the tables it names, of which `place` is a point (from 0). */
  async bring(files: readonly File[], place = 0): Promise<void> {
    try {
      const read: DataFile[] = [];
      for (const file of files) {
        if (file.size > LARGEST_FILE) {
          throw new InvalidInputError(
            `${file.name}: found ${megabytes(file.size)}, expected at most ${megabytes(LARGEST_FILE)}`,
          );
        }
        read.push({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
      }
      const main = read.find(({ name }) => /\.(ya?ml|json)$/i.test(name)) ?? read.at(0);
      if (!main) return;
      const { experiment: own, points } = await this.#theory.file(main, read, place);
      this.#files = read;
      this.#anew = true;
      const message = points > 1 ? `This is point ${place + 1} of the ${points} points of the sweep.` : null;
      this.#set({ own, message, parameters: { ...this.#state.parameters, ...numbersOf(own) } });
      await this.#predict();
    } catch (error) {
      this.#complain(error);
    }
  }

  /** The experiment file of what is shown; with the steps made so far once there are samples. */
  text(): string {
    const { point, sight } = this.#state;
    return experimentText(this.#experiment(), point ? timesOf(point, sight) : undefined);
  }

  #experiment(): PlainExperiment {
    return this.#state.own ?? presetExperiment(this.#state.parameters);
  }

  #later(): void {
    clearTimeout(this.#theoryTimer);
    this.#theoryTimer = window.setTimeout(() => void this.#predict(), THEORY_DELAY);
  }

  async #predict(): Promise<void> {
    const asked = ++this.#asked;
    const { parameters, own } = this.#state;
    this.#address();
    try {
      const files = own ? this.#files : await presetFiles(parameters.preset);
      const point = await this.#theory.point({ text: experimentText(this.#experiment()), files });
      if (this.#state.keep && this.#session) this.#beginning = await this.#session.beginning();
      if (asked !== this.#asked) return;
      this.#stop();
      this.#set({ point, sight: null, continued: false });
      clearTimeout(this.#restartTimer);
      this.#restartTimer = window.setTimeout(() => {
        this.#restart();
      }, RESTART_DELAY);
      await this.#drawCurve();
    } catch (error) {
      if (asked !== this.#asked) return;
      this.#stop();
      this.#set({ point: null, sight: null });
      this.#complain(error);
    }
  }

  /** Keeps the state in the address, which holds no file of the user. */
  #address(): void {
    const { own, parameters } = this.#state;
    if (!own) history.replaceState(null, '', `#${toHash(parameters, this.#state)}`);
  }

  /** The curve over f, anew whenever anything but f has changed. */
  async #drawCurve(): Promise<void> {
    const { parameters, own } = this.#state;
    if (own || parameters.preset !== 'frequency') return;
    const key = toHash({ ...parameters, f: 0 }, firstLook);
    if (key === this.#curveKey) return;
    this.#curveKey = key;
    this.#set({ curve: null, seen: new Map() });
    const texts = FREQUENCIES.map((f) => experimentText(presetExperiment({ ...parameters, f })));
    const rates = await this.#theory.rates(texts);
    if (key === this.#curveKey) this.#set({ curve: { frequencies: FREQUENCIES, rates } });
  }

  #stop(): void {
    this.#session?.end();
    this.#session = null;
  }

  #restart(): void {
    clearTimeout(this.#restartTimer);
    this.#stop();
    const { point, pace, keep } = this.#state;
    if (!point || !this.#kernel) return;
    const beginning = keep && !this.#anew && fits(point, this.#beginning) ? this.#beginning : null;
    this.#continuations = beginning ? this.#continuations + 1 : 0;
    this.#anew = false;
    this.#beginning = null;
    const replicas = point.task.replicas.map((replica) => replica + this.#continuations * MOST_REPLICAS);
    const session = new LiveSession({ ...point.task, replicas }, this.#kernel, this.#workers, beginning, () => {
      this.#look();
    });
    this.#session = session;
    session.pace = pace;
    session.share = this.#share;
    if (this.#running) session.start();
    this.#set({ sight: session.sight(), continued: beginning !== null });
  }

  /** Looks at the session once before the next frame. */
  #look(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      if (!this.#session) return;
      const sight = this.#session.sight();
      this.#set({ sight, ...(sight.failure ? { message: sight.failure } : {}) });
      this.#remember(sight);
    });
  }

  /** Keeps the rates at this frequency for the curve over f. */
  #remember({ estimates, samples }: Sight): void {
    const { parameters, own, seen } = this.#state;
    if (own || parameters.preset !== 'frequency' || !estimates || samples < ENOUGH_SAMPLES) return;
    if (estimates === this.#remembered) return;
    this.#remembered = estimates;
    const rates = estimates.probes.map(({ diffusion, squaredNorm }) => ({
      value: diffusion.value / squaredNorm.value,
      se: diffusion.se / squaredNorm.value,
    }));
    this.#set({ seen: new Map(seen).set(parameters.f, rates) });
  }

  #complain(error: unknown): void {
    if (!(error instanceof Error)) throw error;
    this.#set({ message: error.message });
  }

  #set(change: Partial<LabState>): void {
    this.#state = { ...this.#state, ...change };
    this.#show(this.#state);
  }
}

/** Whether these networks can go on at this point: as many of them, of the same size, with the same stimuli to follow. */
function fits({ task }: LabPoint, beginning: Beginning | null): boolean {
  if (!beginning) return false;
  const { reference, stimuli } = task.measurement;
  const [{ rows, cols }] = beginning.states;
  const numbers = beginning.trail.at(-1)?.length ?? stimuli.rows * rows;
  const same = rows === reference.rows && cols === reference.cols && numbers === stimuli.rows * rows;
  return (
    same && task.randomStart === null && task.reduceHiddenUnits && beginning.states.length === task.replicas.length
  );
}

const megabytes = (size: number): string => `${(size / 2 ** 20).toFixed(0)} MB`;

function timesOf({ task }: LabPoint, sight: Sight | null): Times | undefined {
  const samples = sight?.samples ?? 0;
  const { lag } = task.measurement;
  return samples > 3 ? { burnIn: task.burnIn, lag, duration: (samples - 1) * lag } : undefined;
}

/** What an own experiment says of the numbers that the page can set. */
function numbersOf({ model, simulation }: PlainExperiment): Partial<Numbers> {
  const given = {
    batchSize: 1,
    labelNoiseVariance: 0,
    replicas: 64,
    seed: 1,
    ...(model as object),
    ...(simulation as object | undefined),
  };
  const keys: readonly NumberKey[] = [
    'hiddenUnits',
    'learningRate',
    'weightDecay',
    'labelNoiseVariance',
    'batchSize',
    'replicas',
    'seed',
  ];
  return Object.fromEntries(
    keys.flatMap((key) => {
      const value: unknown = (given as Record<string, unknown>)[key];
      return typeof value === 'number' ? [[key, value]] : [];
    }),
  );
}

const digits = {
  'digits.npy': new URL('../../examples/data/digits.npy', import.meta.url),
  'digits-class-means.npy': new URL('../../examples/data/digits-class-means.npy', import.meta.url),
};
let digitFiles: Promise<DataFile[]> | null = null;

/** The data files of a preset, fetched when they are first wanted. */
async function presetFiles(preset: Preset): Promise<DataFile[]> {
  if (preset !== 'digits') return [];
  digitFiles ??= Promise.all(
    Object.entries(digits).map(async ([name, url]) => {
      const response = await fetch(url);
      if (!response.ok) throw new Error(`${name} cannot be loaded: the server answers ${response.status}`);
      return { name, bytes: new Uint8Array(await response.arrayBuffer()) };
    }),
  );
  try {
    return await digitFiles;
  } catch (error) {
    // The next time it is asked for anew.
    digitFiles = null;
    throw error;
  }
}
