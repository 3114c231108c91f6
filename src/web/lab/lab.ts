import { InvalidInputError, type Estimate } from '#core';
import { loadKernel } from '#kernel/web';
import type { Estimates } from '#measure';
import { experimentText, presetExperiment, withNumbers, type Times } from './experiment.js';
import {
  presetDefaults,
  defaultViewState,
  fromHash,
  toHash,
  type ViewState,
  type NumberKey,
  type Numbers,
  type Parameters,
  type Preset,
} from './parameters.js';
import { watchFrames } from '../simulation/throttle.js';
import { LiveSimulation, type Checkpoint, type SimulationSnapshot } from '../simulation/live-simulation.js';
import { SUPERSEDE_AFTER_MS, SupersededError, TheoryClient } from '../prediction/client.js';
import { LARGEST_FILE } from '../prediction/limits.js';
import type { DataFile, LabPoint, PlainExperiment } from '../prediction/messages.js';
import type { FrequencyCurve } from '../views/frequency.js';

/** Everything the page shows. */
export interface LabState extends ViewState {
  readonly parameters: Parameters;
  /** An experiment that someone brought; the preset unless given. */
  readonly userExperiment: PlainExperiment | null;
  /** The theory of what was set last, or null where there is none. */
  readonly point: LabPoint | null;
  /** Whether the theory of what is set now is still being computed. */
  readonly pending: boolean;
  readonly snapshot: SimulationSnapshot | null;
  /** What is wrong with what was asked. */
  readonly message: string | null;
  /** What is worth knowing of what is shown. */
  readonly note: string | null;
  readonly curve: FrequencyCurve | null;
  /** Simulated rates: frequency -> D/|h|^2 of each probe. */
  readonly simulatedRates: ReadonlyMap<number, readonly Estimate[]>;
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
const MAX_REPLICAS = 2 ** 20;

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
    parameters: presetDefaults.isotropic,
    userExperiment: null,
    point: null,
    pending: true,
    snapshot: null,
    message: null,
    note: null,
    curve: null,
    simulatedRates: new Map(),
    ...defaultViewState,
    keep: false,
    continued: false,
  };
  #files: DataFile[] = [];
  #kernel: WebAssembly.Module | null = null;
  #session: LiveSimulation | null = null;
  #running = true;
  #asked = 0;
  #loadId = 0;
  /** When the prediction began that is being made. */
  #predicting: number | null = null;
  #theoryTimer = 0;
  #restartTimer = 0;
  #frame = 0;
  #curveKey = '';
  /** The experiment that the point belongs to, and its frequency where it is one of the curve. */
  #predicted: PlainExperiment = presetExperiment(presetDefaults.isotropic);
  #frequency: number | null = null;
  /** Whether the next simulation begins anew whatever is kept; what it goes on from otherwise; how often one went on. */
  #forceRestart = true;
  #beginning: Checkpoint | null = null;
  #continuations = 0;
  #dutyCycle = 1;
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
      this.#showError(error);
    }
    try {
      this.#kernel = await loadKernel();
    } catch (error) {
      this.#showError(error);
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
      if (this.#session) this.#session.maxSampleRate = look.maxSampleRate;
      this.setParameters(parameters);
    } catch (error) {
      this.#showError(error);
    }
  }

  choose(preset: Preset): void {
    this.setParameters(presetDefaults[preset]);
  }

  /** Takes all parameters at once; what is there already goes on. */
  setParameters(parameters: Parameters): void {
    const { userExperiment, parameters: present, point } = this.#state;
    if (!userExperiment && point && toHash(present, defaultViewState) === toHash(parameters, defaultViewState)) return;
    this.#forceRestart = true;
    this.#loadId++;
    this.#set({ userExperiment: null, parameters, message: null, note: null });
    this.#schedulePrediction();
  }

  change(asked: Partial<Parameters>): void {
    const { hiddenUnits } = this.#state.parameters;
    // A bottleneck is for who wants one: it is not made by a larger input, of which all modes are alike.
    const change = asked.n === undefined ? asked : { ...asked, hiddenUnits: Math.max(hiddenUnits, asked.n) };
    if (!Object.keys(change).every((key) => continuing.has(key))) this.#forceRestart = true;
    this.#set({ parameters: { ...this.#state.parameters, ...change }, message: null, note: null });
    const { userExperiment } = this.#state;
    if (userExperiment) this.#set({ userExperiment: withNumbers(userExperiment, change) });
    this.#schedulePrediction();
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
    this.#forceRestart = true;
    this.#restart();
  }

  set maxSampleRate(maxSampleRate: number) {
    this.#set({ maxSampleRate });
    this.#syncUrl();
    if (this.#session) this.#session.maxSampleRate = maxSampleRate;
  }

  set selectedProbe(selectedProbe: number) {
    this.#set({ selectedProbe });
    this.#syncUrl();
  }

  /** Whether a view is open whose frames cost much: then the simulation leaves it the time that it needs. */
  set drawing(drawing: boolean) {
    this.#unwatched();
    this.#unwatched = () => undefined;
    if (!drawing) return;
    this.#unwatched = watchFrames((dutyCycle) => {
      this.#dutyCycle = dutyCycle;
      if (this.#session) this.#session.dutyCycle = dutyCycle;
    });
  }

  set keep(keep: boolean) {
    this.#set({ keep });
  }

  setMessage(message: string | null): void {
    this.#set({ message });
  }

  /** Takes files: tables, or an experiment file with the tables it names, of which `place` is a point (from 0). */
  async loadFiles(files: readonly File[], place = 0): Promise<void> {
    const brought = ++this.#loadId;
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
      const { experiment: userExperiment, points } = await this.#theory.file(main, read, place);
      if (brought !== this.#loadId) return;
      this.#files = read;
      this.#forceRestart = true;
      const note = points > 1 ? `This is point ${place + 1} of the ${points} points of the sweep.` : null;
      this.#set({
        userExperiment,
        message: null,
        note,
        parameters: { ...this.#state.parameters, ...numbersOf(userExperiment) },
      });
      await this.#predict();
    } catch (error) {
      if (brought !== this.#loadId) return;
      this.#set({ pending: false });
      this.#showError(error);
    }
  }

  /** The experiment file of what is shown; with the steps made so far once there are samples. */
  text(): string {
    const { point, snapshot } = this.#state;
    return experimentText(this.#predicted, point ? timesOf(point, snapshot) : undefined);
  }

  #experiment(): PlainExperiment {
    return this.#state.userExperiment ?? presetExperiment(this.#state.parameters);
  }

  #schedulePrediction(): void {
    this.#set({ pending: true });
    if (this.#theoryTimer !== 0) return;
    this.#theoryTimer = window.setTimeout(() => {
      this.#theoryTimer = 0;
      // While a slider moves, every prediction that takes little time is shown before the next one is asked.
      if (this.#predicting !== null && performance.now() - this.#predicting < SUPERSEDE_AFTER_MS)
        this.#schedulePrediction();
      else void this.#predict();
    }, THEORY_DELAY);
  }

  async #predict(): Promise<void> {
    const asked = ++this.#asked;
    this.#predicting = performance.now();
    const { parameters, userExperiment } = this.#state;
    this.#syncUrl();
    try {
      const files = userExperiment ? this.#files : await presetFiles(parameters.preset);
      const experiment = this.#experiment();
      const point = await this.#theory.point({ text: experimentText(experiment), files });
      if (this.#state.keep && this.#session) this.#beginning = await this.#session.checkpoint();
      if (asked !== this.#asked) return;
      this.#stop();
      this.#predicted = experiment;
      this.#frequency = !userExperiment && parameters.preset === 'frequency' ? parameters.f : null;
      this.#predicting = null;
      this.#set({ point, pending: this.#theoryTimer !== 0, snapshot: null, continued: false });
      clearTimeout(this.#restartTimer);
      this.#restartTimer = window.setTimeout(() => {
        this.#restart();
      }, RESTART_DELAY);
      await this.#drawCurve();
    } catch (error) {
      if (asked !== this.#asked) return;
      this.#stop();
      this.#predicting = null;
      this.#set({ point: null, pending: this.#theoryTimer !== 0, snapshot: null });
      this.#showError(error);
    }
  }

  /** Keeps the state in the address, which holds no file of the user. */
  #syncUrl(): void {
    const { userExperiment, parameters } = this.#state;
    const hash = userExperiment ? '' : `#${toHash(parameters, this.#state)}`;
    history.replaceState(null, '', `${location.pathname}${location.search}${hash}`);
  }

  /** The curve over f, anew whenever anything but f has changed. */
  async #drawCurve(): Promise<void> {
    const { parameters, userExperiment } = this.#state;
    if (userExperiment || parameters.preset !== 'frequency') return;
    const key = toHash({ ...parameters, f: 0 }, defaultViewState);
    if (key === this.#curveKey) return;
    this.#curveKey = key;
    this.#set({ curve: null, simulatedRates: new Map() });
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
    const { point, maxSampleRate, keep } = this.#state;
    if (!point || !this.#kernel) return;
    const checkpoint = keep && !this.#forceRestart && fits(point, this.#beginning) ? this.#beginning : null;
    this.#continuations = checkpoint ? this.#continuations + 1 : 0;
    this.#forceRestart = false;
    this.#beginning = null;
    const replicas = point.task.replicas.map((replica) => replica + this.#continuations * MAX_REPLICAS);
    const session = new LiveSimulation({ ...point.task, replicas }, this.#kernel, this.#workers, checkpoint, () => {
      this.#look();
    });
    this.#session = session;
    session.maxSampleRate = maxSampleRate;
    session.dutyCycle = this.#dutyCycle;
    if (this.#running) session.start();
    this.#set({ snapshot: session.snapshot(), continued: checkpoint !== null });
  }

  /** Looks at the session once before the next frame. */
  #look(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      if (!this.#session) return;
      const snapshot = this.#session.snapshot();
      this.#set({ snapshot, ...(snapshot.failure ? { message: failureOf(snapshot.failure) } : {}) });
      this.#remember(snapshot);
    });
  }

  /** Keeps the rates at this frequency for the curve over f. */
  #remember({ estimates, samples }: SimulationSnapshot): void {
    const { simulatedRates } = this.#state;
    if (this.#frequency === null || !estimates || samples < ENOUGH_SAMPLES) return;
    if (estimates === this.#remembered) return;
    this.#remembered = estimates;
    const rates = estimates.probes.map(({ diffusion, squaredNorm }) => ({
      value: diffusion.value / squaredNorm.value,
      se: diffusion.se / squaredNorm.value,
    }));
    this.#set({ simulatedRates: new Map(simulatedRates).set(this.#frequency, rates) });
  }

  #showError(error: unknown): void {
    if (!(error instanceof Error)) throw error;
    // The page makes the file of an experiment itself: lines and columns setMessage nothing to anyone.
    this.#set({ message: error.message.replace(/^experiment:\d+:\d+: /, '') });
  }

  #set(change: Partial<LabState>): void {
    this.#state = { ...this.#state, ...change };
    this.#show(this.#state);
  }
}

/** Whether these networks can go on at this point: as many of them, of the same size, with the same stimuli to follow. */
function fits({ task }: LabPoint, checkpoint: Checkpoint | null): boolean {
  if (!checkpoint) return false;
  const { reference, stimuli } = task.measurement;
  const [{ rows, cols }] = checkpoint.states;
  const numbers = checkpoint.trail.at(-1)?.length ?? stimuli.rows * rows;
  const same = rows === reference.rows && cols === reference.cols && numbers === stimuli.rows * rows;
  return (
    same && task.randomStart === null && task.reduceHiddenUnits && checkpoint.states.length === task.replicas.length
  );
}

/** What can be done about it in the page, which chooses the lag itself. */
const failureOf = (failure: string): string =>
  `The simulation stopped: ${failure.replace(/; sample more often.*/, '')}. The learning rate is too large for this input; take a smaller one, or less noise.`;

const megabytes = (size: number): string => `${(size / 2 ** 20).toFixed(0)} MB`;

function timesOf({ task }: LabPoint, snapshot: SimulationSnapshot | null): Times | undefined {
  const samples = snapshot?.samples ?? 0;
  const { lag } = task.measurement;
  return samples > 3 ? { burnIn: task.burnIn, lag, duration: (samples - 1) * lag } : undefined;
}

/** What a user experiment says of the numbers that the page can set. */
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
