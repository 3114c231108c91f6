import type { Kernel } from '#kernel';
import { loadKernel } from '#kernel/web';
import { CancelledPrediction, TheoryClient } from '../prediction/client.js';
import { fromFileHash, type FileLink } from '../kept-files/file-link.js';
import { notKept, UserFiles } from '../kept-files/user-files.js';
import type { DataFile } from '../prediction/messages.js';
import { LiveSimulation } from '../simulation/live-simulation.js';
import { Address } from './address.js';
import { keepsNetworks } from './continuation.js';
import { experimentText, numbersOf, timesOf, withNumbers } from './experiment-file.js';
import type { Numbers } from './fields.js';
import { FrequencyCurveController } from './frequency-curve.js';
import { readFiles } from './import.js';
import { PredictionScheduler, predictState, type PredictedPoint } from './prediction.js';
import { presetDefaults, type Parameters, type Preset } from './presets.js';
import { reduce, type LabEvent } from './reduce.js';
import { SimulationController } from './simulation.js';
import { experimentOf, initialState, type LabState } from './state.js';
import { fromHash, toHash, type View } from './url-state.js';

/** What the page looks at is written into its address so long after the last change, ms: the camera moves with every frame. */
const WRITE_MS = 250;

/** What a user does that the page answers to. */
const ACTIONS = ['pointerdown', 'keydown', 'input', 'change'];

/** The lab without its views: events in, states out; the effects of events are the theory, the simulation and the address. */
export class Lab {
  readonly #listener: (state: LabState) => void;
  #state: LabState = initialState;
  readonly #theory = new TheoryClient((text) => {
    this.#dispatch({ kind: 'told', text });
  });
  readonly #simulation: SimulationController;
  readonly #curve: FrequencyCurveController;
  readonly #prediction = new PredictionScheduler<PredictedPoint>({
    ask: () => this.#predict(),
    accept: (predicted) => this.#show(predicted),
    reject: (error) => {
      this.#refuse(error);
    },
  });
  #location: Address | null = null;
  #kernel: Kernel | null = null;
  #predicted: PredictedPoint | null = null;
  /** A first answer, while the prediction is computed. */
  #first: PredictedPoint | null = null;
  /** The data files of the user's experiment. */
  #files: readonly DataFile[] = [];
  readonly #userFiles = new UserFiles();
  /** Counts what replaces the experiment, so that files that are still being read do not replace a newer one. */
  #experiments = 0;
  /** What the page showed when the tour began. */
  #beforeTour: LabState | null = null;
  #writing: ReturnType<typeof setTimeout> | undefined;

  /** `listener` receives every new state. */
  constructor(listener: (state: LabState) => void, workers = navigator.hardwareConcurrency) {
    this.#listener = listener;
    const state = (): LabState => this.#state;
    const dispatch = (event: LabEvent): void => {
      this.#dispatch(event);
    };
    this.#curve = new FrequencyCurveController(state, dispatch, this.#theory);
    this.#simulation = new SimulationController({
      state,
      dispatch,
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
    const { userExperiment, parameters, view } = this.#state;
    return userExperiment ? this.#userFiles.hash(parameters, view) : toHash(parameters, view);
  }

  get state(): LabState {
    return this.#state;
  }

  #dispatch(event: LabEvent): void {
    this.#state = reduce(this.#state, event);
    this.#listener(this.#state);
  }

  /** Restores the state of a link and starts; the simulation waits for `start` unless it is to run. */
  async open(hash: string, running: boolean): Promise<void> {
    if (!running) this.#simulation.pause();
    // The stage moves with every frame.
    this.#simulation.drawing = true;
    for (const action of ACTIONS) {
      addEventListener(
        action,
        () => {
          this.#simulation.giveWay();
        },
        // Before the page begins to answer.
        { capture: true },
      );
    }
    const link = fromFileHash(hash);
    if (link) this.#dispatch({ kind: 'viewed', view: link.view });
    else this.#restore(hash);
    try {
      this.#kernel = await loadKernel();
    } catch (error) {
      this.fail(error);
    }
    this.#location = new Address((followed) => {
      this.#follow(followed);
    });
    if (link && (await this.#openKept(link))) return;
    await this.#prediction.ask();
  }

  /** Takes over what a link says. */
  #restore(hash: string): void {
    const { parameters, view, notes } = fromHash(hash);
    this.#dispatch({ kind: 'viewed', view });
    this.#dispatch({ kind: 'chosen', parameters });
    if (notes.length > 0) this.#dispatch({ kind: 'noted', note: notes.join(' ') });
  }

  /** Restores the state of a link that was opened in this page, or of a step back. */
  #follow(hash: string): void {
    const link = fromFileHash(hash);
    if (link) {
      this.#dispatch({ kind: 'viewed', view: link.view });
      this.#simulation.keepPace();
      void this.#openKept(link);
      return;
    }
    const { userExperiment, parameters } = this.#state;
    this.#restore(hash);
    // A step back out of the tour ends it.
    if (this.#state.view.tourStep === null) this.#beforeTour = null;
    this.#simulation.keepPace();
    const isSame = !userExperiment && toHash(parameters) === toHash(this.#state.parameters);
    if (!isSame) this.#replaced();
  }

  /** Opens the file of a link where the browser has kept it, and says so where not. Returns whether it is shown. */
  async #openKept({ name, pointIndex, numbers }: FileLink): Promise<boolean> {
    const files = await this.#userFiles.restore(name);
    if (files) await this.loadFiles(files, pointIndex, numbers);
    else this.#dispatch({ kind: 'noted', note: notKept(name) });
    return this.#state.userExperiment !== null;
  }

  choosePreset(preset: Preset): void {
    this.setParameters(presetDefaults[preset]);
  }

  /** Replaces the experiment by that of all parameters, unless it is the present one. */
  setParameters(parameters: Parameters): void {
    const { userExperiment, parameters: present, point } = this.#state;
    if (!userExperiment && point && toHash(present) === toHash(parameters)) return;
    this.#dispatch({ kind: 'chosen', parameters });
    this.#replaced();
  }

  /** What another experiment changes. */
  #replaced(): void {
    this.#simulation.forgetWeights();
    this.#experiments++;
    this.#schedulePrediction();
  }

  /** Changes some parameters of the present experiment. */
  change(change: Partial<Parameters>): void {
    if (!keepsNetworks(Object.keys(change))) this.#simulation.forgetWeights();
    this.#dispatch({ kind: 'changed', change });
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

  /** Looks at the experiment in another way. */
  look(view: Partial<View>): void {
    this.#dispatch({ kind: 'viewed', view });
    if (view.pace !== undefined) this.#simulation.keepPace();
    clearTimeout(this.#writing);
    this.#writing = setTimeout(() => {
      this.#writeAddress(false);
    }, WRITE_MS);
  }

  /** Shows a step of the tour (from 0); after it, null, the page is as it was before. */
  showTour(tourStep: number | null): void {
    if (tourStep !== null) this.#beforeTour ??= this.#state;
    this.look({ tourStep });
    const before = this.#beforeTour;
    if (tourStep !== null || !before) return;
    this.#beforeTour = null;
    const { parameters, userExperiment, sweep, view, snapshot } = before;
    if (snapshot?.phase === 'running') this.start();
    else if (snapshot) this.pause();
    this.#dispatch({ kind: 'viewed', view: { ...view, tourStep: null } });
    this.#simulation.keepPace();
    if (!userExperiment) this.setParameters(parameters);
    else if (userExperiment !== this.#state.userExperiment) {
      this.#dispatch({ kind: 'chosen', parameters });
      this.#dispatch({ kind: 'opened', experiment: userExperiment, note: null, sweep });
      this.#replaced();
    }
  }

  set keepWeights(keepWeights: boolean) {
    this.#dispatch({ kind: 'keptWeights', keepWeights });
  }

  /** Ends a prediction that takes too long. */
  cancelPrediction(): void {
    this.#theory.cancel();
  }

  /** Shows the message of an error. */
  fail(error: unknown): void {
    if (!(error instanceof Error)) throw error;
    this.#dispatch({ kind: 'failed', error });
  }

  closeMessage(): void {
    this.#dispatch({ kind: 'closedMessage' });
  }

  closeNote(): void {
    this.#dispatch({ kind: 'noted', note: null });
  }

  /** Opens a table, or a point (from 0) of an experiment file together with the tables that it names, with some numbers replaced. */
  async loadFiles(files: readonly File[], pointIndex = 0, numbers: Partial<Numbers> = {}): Promise<void> {
    const number = ++this.#experiments;
    this.#dispatch({ kind: 'asked' });
    try {
      const { main, all } = await readFiles(files);
      const { experiment: opened, points, isProtocol } = await this.#theory.file(main, all, pointIndex);
      if (number !== this.#experiments) return;
      this.#files = all;
      this.#userFiles.open(main.name, all, pointIndex, numbersOf(opened));
      const experiment = Object.keys(numbers).length > 0 ? withNumbers(opened, numbers) : opened;
      if (isProtocol && this.#state.sweep?.files === files) this.#simulation.goOn();
      else this.#simulation.forgetWeights();
      const note =
        points.length > 1
          ? `${isProtocol ? 'Phase' : 'Point'} ${pointIndex + 1} of the ${points.length} ${isProtocol ? 'phases of the protocol' : 'points of the sweep'}.`
          : null;
      this.#dispatch({
        kind: 'opened',
        experiment,
        note,
        sweep: points.length > 1 ? { files, points, pointIndex, isProtocol } : null,
      });
      await this.#prediction.ask();
    } catch (error) {
      if (number !== this.#experiments) return;
      this.fail(error);
      // What was shown before is asked for again, which costs little: its answer ends the waiting.
      await this.#prediction.ask();
    }
  }

  /** The experiment file of what is shown; once there are samples, `meander run` of it reproduces their numbers. */
  experimentFile(): string {
    const { point, snapshot } = this.#state;
    const experiment = this.#predicted?.experiment ?? experimentOf(this.#state);
    return experimentText(experiment, point && snapshot ? timesOf(point, snapshot.samples) : undefined);
  }

  #schedulePrediction(): void {
    this.#dispatch({ kind: 'asked' });
    this.#prediction.schedule();
  }

  async #predict(): Promise<PredictedPoint> {
    this.#writeAddress(true);
    this.#first = null;
    const { parameters, userExperiment } = this.#state;
    const predicted = await predictState(this.#state, this.#theory, this.#files, (first) => {
      // Not where the experiment has changed meanwhile.
      if (parameters === this.#state.parameters && userExperiment === this.#state.userExperiment)
        this.#showFirst(first);
    });
    await this.#simulation.saveWeights();
    return predicted;
  }

  /** Shows a first answer like any prediction; networks are not simulated until the prediction is there. */
  #showFirst(predicted: PredictedPoint): void {
    this.#simulation.stop();
    this.#first = predicted;
    this.#dispatch({ kind: 'answeredFirst', point: predicted.point });
  }

  async #show(predicted: PredictedPoint): Promise<void> {
    this.#simulation.stop();
    this.#first = null;
    this.#predicted = predicted;
    this.#dispatch({ kind: 'answered', point: predicted.point, again: this.#prediction.isScheduled });
    this.#simulation.restartSoon();
    await this.#curve.update();
  }

  #refuse(error: unknown): void {
    const first = this.#first;
    this.#first = null;
    if (first && error instanceof CancelledPrediction) {
      void this.#show(first);
      return;
    }
    if (!(error instanceof Error)) throw error;
    this.#simulation.stop();
    this.#dispatch({ kind: 'refused', error, again: this.#prediction.isScheduled });
  }

  #writeAddress(isStep: boolean): void {
    this.#location?.write(`#${this.hash}`, isStep);
  }
}
