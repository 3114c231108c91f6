import type { Kernel } from '#kernel';
import { loadKernel } from '#kernel/web';
import { CancelledPrediction, TheoryClient } from '../prediction/client.js';
import { fromFileHash, type FileLink } from '../kept-files/file-link.js';
import { notKept, UserFiles } from '../kept-files/user-files.js';
import type { DataFile } from '../prediction/messages.js';
import { LiveSimulation } from '../simulation/live-simulation.js';
import { keepsNetworks } from './continuation.js';
import { experimentText, numbersOf, timesOf, withNumbers } from './experiment-file.js';
import type { Numbers } from './fields.js';
import { FrequencyCurveController } from './frequency-curve.js';
import { readFiles } from './import.js';
import { PredictionScheduler, predictState, type PredictedPoint } from './prediction.js';
import { presetDefaults, type Parameters, type Preset } from './presets.js';
import { SimulationController } from './simulation.js';
import { experimentOf, Store, type LabState } from './store.js';
import { fromHash, toHash } from './url-state.js';

/** The lab without its views: parameters in, theory and a live simulation out. */
export class Lab {
  readonly #store: Store;
  readonly #theory = new TheoryClient((progress) => {
    this.#store.update({ progress });
  });
  readonly #simulation: SimulationController;
  readonly #curve: FrequencyCurveController;
  readonly #prediction = new PredictionScheduler<PredictedPoint>({
    ask: () => this.#predict(),
    accept: (predicted) => this.#show(predicted),
    reject: (error) => {
      const first = this.#first;
      this.#first = null;
      if (first && error instanceof CancelledPrediction) {
        void this.#show(first);
        return;
      }
      this.#simulation.stop();
      this.#store.update({ point: null, pending: this.#prediction.isScheduled, progress: null, snapshot: null });
      this.#store.fail(error);
    },
  });
  #kernel: Kernel | null = null;
  #predicted: PredictedPoint | null = null;
  /** A first answer, while the prediction is computed. */
  #first: PredictedPoint | null = null;
  /** The data files of the user's experiment. */
  #files: readonly DataFile[] = [];
  readonly #userFiles = new UserFiles();
  /** Counts what replaces the experiment, so that files that are still being read do not replace a newer one. */
  #experiments = 0;

  /** `listener` receives every new state. */
  constructor(listener: (state: LabState) => void, workers = navigator.hardwareConcurrency) {
    this.#store = new Store(listener);
    this.#curve = new FrequencyCurveController(this.#store, this.#theory);
    this.#simulation = new SimulationController({
      store: this.#store,
      create: (task, checkpoint, changed) =>
        this.#kernel && new LiveSimulation(task, this.#kernel, workers, checkpoint, changed),
      onSnapshot: (snapshot) => {
        const frequency = this.#predicted?.frequency ?? null;
        if (frequency !== null) this.#curve.record(frequency, snapshot);
      },
    });
  }

  /** How often the experiment was replaced: whoever takes time to read files sees whether they are still wanted. */
  get experiments(): number {
    return this.#experiments;
  }

  /** The state as the part of a link after #. */
  get hash(): string {
    const { userExperiment, parameters } = this.state;
    return userExperiment ? this.#userFiles.hash(parameters, this.state) : toHash(parameters, this.state);
  }

  get state(): LabState {
    return this.#store.state;
  }

  /** Restores the state of a link and starts; the simulation waits for `start` unless it is to run. */
  async open(hash: string, running: boolean): Promise<void> {
    if (!running) this.#simulation.pause();
    let link: FileLink | null = null;
    try {
      link = fromFileHash(hash);
      this.#store.update(link ? link.view : fromHash(hash));
    } catch (error) {
      this.#store.fail(error);
    }
    try {
      this.#kernel = await loadKernel();
    } catch (error) {
      this.#store.fail(error);
    }
    window.addEventListener('hashchange', () => {
      this.#follow(location.hash);
    });
    if (link && (await this.#openKept(link))) return;
    await this.#prediction.ask();
  }

  /** Restores the state of a link that was opened in this page. */
  #follow(hash: string): void {
    try {
      const link = fromFileHash(hash);
      if (link) {
        this.#store.update(link.view);
        void this.#openKept(link);
        return;
      }
      const { parameters, ...view } = fromHash(hash);
      this.#store.update(view);
      this.#simulation.maxSampleRate = view.maxSampleRate;
      this.setParameters(parameters);
    } catch (error) {
      this.#store.fail(error);
    }
  }

  /** Opens the file of a link where the browser has kept it, and says so where not. Returns whether it is shown. */
  async #openKept({ name, pointIndex, numbers }: FileLink): Promise<boolean> {
    const files = await this.#userFiles.restore(name);
    if (files) await this.loadFiles(files, pointIndex, numbers);
    else this.#store.update({ note: notKept(name) });
    return this.state.userExperiment !== null;
  }

  choosePreset(preset: Preset): void {
    this.setParameters(presetDefaults[preset]);
  }

  /** Replaces the experiment by that of all parameters, unless it is the present one. */
  setParameters(parameters: Parameters): void {
    const { userExperiment, parameters: present, point } = this.state;
    if (!userExperiment && point && toHash(present) === toHash(parameters)) return;
    this.#simulation.forgetWeights();
    this.#experiments++;
    this.#store.update({ userExperiment: null, parameters, message: null, note: null });
    this.#schedulePrediction();
  }

  /** Changes some parameters of the present experiment. */
  change(wanted: Partial<Parameters>): void {
    const { parameters, userExperiment } = this.state;
    // A larger input alone must not make a bottleneck: modes that are all alike have no prediction behind one.
    const hiddenUnits = Math.max(parameters.hiddenUnits, wanted.n ?? 0);
    const change = wanted.n === undefined ? wanted : { ...wanted, hiddenUnits };
    if (!keepsNetworks(Object.keys(change))) this.#simulation.forgetWeights();
    this.#store.update({
      parameters: { ...parameters, ...change },
      userExperiment: userExperiment && withNumbers(userExperiment, change),
      message: null,
      note: null,
    });
    this.#schedulePrediction();
  }

  start(): void {
    this.#simulation.start();
  }

  pause(): void {
    this.#simulation.pause();
  }

  step(): void {
    this.#simulation.step();
  }

  /** Starts the same simulation again from its first step. */
  reset(): void {
    this.#simulation.forgetWeights();
    this.#simulation.restart();
  }

  set maxSampleRate(maxSampleRate: number) {
    this.#store.update({ maxSampleRate });
    this.#simulation.maxSampleRate = maxSampleRate;
    this.#syncUrl();
  }

  set selectedProbe(selectedProbe: number) {
    this.#store.update({ selectedProbe });
    this.#syncUrl();
  }

  /** Whether an expensive view is open, for which the workers are throttled. */
  set drawing(drawing: boolean) {
    this.#simulation.drawing = drawing;
  }

  set keepWeights(keepWeights: boolean) {
    this.#store.update({ keepWeights });
  }

  /** Ends a prediction that takes too long. */
  cancelPrediction(): void {
    this.#theory.cancel();
  }

  setMessage(message: string | null): void {
    this.#store.update({ message });
  }

  /** Opens a table, or a point (from 0) of an experiment file together with the tables that it names, with some numbers replaced. */
  async loadFiles(files: readonly File[], pointIndex = 0, numbers: Partial<Numbers> = {}): Promise<void> {
    const number = ++this.#experiments;
    this.#store.update({ pending: true });
    try {
      const { main, all } = await readFiles(files);
      const { experiment: opened, points } = await this.#theory.file(main, all, pointIndex);
      if (number !== this.#experiments) return;
      this.#files = all;
      this.#userFiles.open(main.name, all, pointIndex, numbersOf(opened));
      const experiment = Object.keys(numbers).length > 0 ? withNumbers(opened, numbers) : opened;
      this.#simulation.forgetWeights();
      this.#store.update({
        userExperiment: experiment,
        parameters: { ...this.state.parameters, ...numbersOf(experiment) },
        message: null,
        note: points > 1 ? `Point ${pointIndex + 1} of the ${points} points of the sweep.` : null,
      });
      await this.#prediction.ask();
    } catch (error) {
      if (number !== this.#experiments) return;
      this.#store.update({ pending: false });
      this.#store.fail(error);
    }
  }

  /** The experiment file of what is shown; once there are samples, `meander run` of it reproduces their numbers. */
  experimentFile(): string {
    const { point, snapshot } = this.state;
    const experiment = this.#predicted?.experiment ?? experimentOf(this.state);
    return experimentText(experiment, point && snapshot ? timesOf(point, snapshot.samples) : undefined);
  }

  #schedulePrediction(): void {
    this.#store.update({ pending: true, progress: null });
    this.#prediction.schedule();
  }

  async #predict(): Promise<PredictedPoint> {
    this.#syncUrl();
    this.#first = null;
    const { parameters, userExperiment } = this.state;
    const predicted = await predictState(this.state, this.#theory, this.#files, (first) => {
      // Not where the experiment has changed meanwhile.
      if (parameters === this.state.parameters && userExperiment === this.state.userExperiment) this.#showFirst(first);
    });
    if (this.state.keepWeights) await this.#simulation.saveWeights();
    return predicted;
  }

  /** Shows a first answer like any prediction; networks are not simulated until the prediction is there. */
  #showFirst(predicted: PredictedPoint): void {
    this.#simulation.stop();
    this.#first = predicted;
    this.#store.update({ point: predicted.point, snapshot: null, continued: false });
  }

  async #show(predicted: PredictedPoint): Promise<void> {
    this.#simulation.stop();
    this.#first = null;
    this.#predicted = predicted;
    const { point } = predicted;
    const pending = this.#prediction.isScheduled;
    this.#store.update({ point, pending, progress: null, snapshot: null, continued: false });
    this.#simulation.restartSoon();
    await this.#curve.update();
  }

  /** Writes the state into the address of the page; of files of the user it holds the name. */
  #syncUrl(): void {
    history.replaceState(null, '', `${location.pathname}${location.search}#${this.hash}`);
  }
}
