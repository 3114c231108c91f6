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
import { PATIENCE, SupersededError, TheoryClient } from './theory/client.js';
import { LARGEST_FILE } from './theory/limits.js';
import type { DataFile, LabPoint, PlainExperiment } from './theory/messages.js';
import type { FrequencyCurve } from './views/frequency.js';

/** Everything the page shows. */
export interface LabState extends Look {
  readonly parameters: Parameters;
  /** An experiment that someone brought; the preset unless given. */
  readonly own: PlainExperiment | null;
  /** The theory of what was set last, or null where there is none. */
  readonly point: LabPoint | null;
  /** Whether the theory of what is set now is still being computed. */
  readonly pending: boolean;
  readonly sight: Sight | null;
  /** What is wrong with what was asked. */
  readonly message: string | null;
  /** What is worth knowing of what is shown. */
  readonly note: string | null;
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

/** Milliseconds between a change and the question to the theory, and without a change before the simulation begins anew. */
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
    pending: true,
    sight: null,
    message: null,
    note: null,
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
  #brought = 0;
  /** When the prediction began that is being made. */
  #predicting: number | null = null;
  #theoryTimer = 0;
  #restartTimer = 0;
  #frame = 0;
  #curveKey = '';
  /** The experiment that the point belongs to, and its frequency where it is one of the curve. */
  #predicted: PlainExperiment = presetExperiment(beginnings.isotropic);
  #frequency: number | null = null;
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
    window.addEventListener('hashchange', () => {
      this.#follow(location.hash);
    });
    await this.#predict();
  }

  /** Takes the state of a link that was opened in this very page. */
  #follow(hash: string): void {
    try {
      const { parameters, ...look } = fromHash(hash);
      this.#set(look);
      if (this.#session) this.#session.pace = look.pace;
      this.adopt(parameters);
    } catch (error) {
      this.#complain(error);
    }
  }

  choose(preset: Preset): void {
    this.adopt(beginnings[preset]);
  }

  /** Takes all parameters at once; what is there already goes on. */
  adopt(parameters: Parameters): void {
    const { own, parameters: present, point } = this.#state;
    if (!own && point && toHash(present, firstLook) === toHash(parameters, firstLook)) return;
    this.#anew = true;
    this.#brought++;
    this.#set({ own: null, parameters, message: null, note: null });
    this.#later();
  }

  change(asked: Partial<Parameters>): void {
    const { hiddenUnits } = this.#state.parameters;
    // A bottleneck is for who wants one: it is not made by a larger input, of which all modes are alike.
    const change = asked.n === undefined ? asked : { ...asked, hiddenUnits: Math.max(hiddenUnits, asked.n) };
    if (!Object.keys(change).every((key) => continuing.has(key))) this.#anew = true;
    this.#set({ parameters: { ...this.#state.parameters, ...change }, message: null, note: null });
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
    const brought = ++this.#brought;
    this.#set({ pending: true });
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
      if (!main) throw new InvalidInputError('found no file, expected an experiment file or a table');
      const { experiment: own, points } = await this.#theory.file(main, read, place);
      if (brought !== this.#brought) return;
      this.#files = read;
      this.#anew = true;
      const note = points > 1 ? `This is point ${place + 1} of the ${points} points of the sweep.` : null;
      this.#set({ own, message: null, note, parameters: { ...this.#state.parameters, ...numbersOf(own) } });
      await this.#predict();
    } catch (error) {
      if (brought !== this.#brought) return;
      this.#set({ pending: false });
      this.#complain(error);
    }
  }

  /** The experiment file of what is shown; with the steps made so far once there are samples. */
  text(): string {
    const { point, sight } = this.#state;
    return experimentText(this.#predicted, point ? timesOf(point, sight) : undefined);
  }

  #experiment(): PlainExperiment {
    return this.#state.own ?? presetExperiment(this.#state.parameters);
  }

  #later(): void {
    this.#set({ pending: true });
    if (this.#theoryTimer !== 0) return;
    this.#theoryTimer = window.setTimeout(() => {
      this.#theoryTimer = 0;
      // While a slider moves, every prediction that takes little time is shown before the next one is asked.
      if (this.#predicting !== null && performance.now() - this.#predicting < PATIENCE) this.#later();
      else void this.#predict();
    }, THEORY_DELAY);
  }

  async #predict(): Promise<void> {
    const asked = ++this.#asked;
    this.#predicting = performance.now();
    const { parameters, own } = this.#state;
    this.#address();
    try {
      const files = own ? this.#files : await presetFiles(parameters.preset);
      const experiment = this.#experiment();
      const point = await this.#theory.point({ text: experimentText(experiment), files });
      if (this.#state.keep && this.#session) this.#beginning = await this.#session.beginning();
      if (asked !== this.#asked) return;
      this.#stop();
      this.#predicted = experiment;
      this.#frequency = !own && parameters.preset === 'frequency' ? parameters.f : null;
      this.#predicting = null;
      this.#set({ point, pending: this.#theoryTimer !== 0, sight: null, continued: false });
      clearTimeout(this.#restartTimer);
      this.#restartTimer = window.setTimeout(() => {
        this.#restart();
      }, RESTART_DELAY);
      await this.#drawCurve();
    } catch (error) {
      if (asked !== this.#asked) return;
      this.#stop();
      this.#predicting = null;
      this.#set({ point: null, pending: this.#theoryTimer !== 0, sight: null });
      this.#complain(error);
    }
  }

  /** Keeps the state in the address, which holds no file of the user. */
  #address(): void {
    const { own, parameters } = this.#state;
    const hash = own ? '' : `#${toHash(parameters, this.#state)}`;
    history.replaceState(null, '', `${location.pathname}${location.search}${hash}`);
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
    try {
      const rates = await this.#theory.rates(texts);
      if (key === this.#curveKey) this.#set({ curve: { frequencies: FREQUENCIES, rates } });
    } catch (error) {
      if (!(error instanceof SupersededError)) throw error;
      // Whoever comes next asks for it again.
      if (key === this.#curveKey) this.#curveKey = '';
    }
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
      this.#set({ sight, ...(sight.failure ? { message: failureOf(sight.failure) } : {}) });
      this.#remember(sight);
    });
  }

  /** Keeps the rates at this frequency for the curve over f. */
  #remember({ estimates, samples }: Sight): void {
    const { seen } = this.#state;
    if (this.#frequency === null || !estimates || samples < ENOUGH_SAMPLES) return;
    if (estimates === this.#remembered) return;
    this.#remembered = estimates;
    const rates = estimates.probes.map(({ diffusion, squaredNorm }) => ({
      value: diffusion.value / squaredNorm.value,
      se: diffusion.se / squaredNorm.value,
    }));
    this.#set({ seen: new Map(seen).set(this.#frequency, rates) });
  }

  #complain(error: unknown): void {
    if (!(error instanceof Error)) throw error;
    // The page makes the file of an experiment itself: lines and columns say nothing to anyone.
    this.#set({ message: error.message.replace(/^experiment:\d+:\d+: /, '') });
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

/** What can be done about it in the page, which chooses the lag itself. */
const failureOf = (failure: string): string =>
  `The simulation stopped: ${failure.replace(/; sample more often.*/, '')}. The learning rate is too large for this input; take a smaller one, or less noise.`;

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
