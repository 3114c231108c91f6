import type { Estimate } from '#core';
import type { LabPoint, PlainExperiment } from '../prediction/messages.js';
import type { SimulationSnapshot } from '../simulation/snapshot.js';
import { presetExperiment } from './preset-experiment.js';
import { presetDefaults, type Parameters } from './presets.js';
import { defaultViewState, type ViewState } from './url-state.js';

/** D/|h|^2 of every probe as a function of the frequency of the first. */
export interface FrequencyCurve {
  readonly frequencies: readonly number[];
  /** [frequency][probe], rad^2 per step; empty where the theory makes no prediction. */
  readonly rates: readonly (readonly number[])[];
}

/** A file of the user that has several points. */
export interface UserSweep {
  readonly files: readonly File[];
  /** What each of them sets. */
  readonly points: readonly string[];
  readonly pointIndex: number;
}

/** Everything that the page shows. */
export interface LabState extends ViewState {
  readonly parameters: Parameters;
  /** The experiment of a file that the user opened; null for a preset. */
  readonly userExperiment: PlainExperiment | null;
  /** The points of the user's file, where it has several, and which one is shown, from 0. */
  readonly sweep: UserSweep | null;
  /** The latest prediction; null where the theory makes none. */
  readonly point: LabPoint | null;
  /** Whether the prediction for the present parameters is still being computed. */
  readonly pending: boolean;
  readonly snapshot: SimulationSnapshot | null;
  /** The latest error. */
  readonly message: string | null;
  /** What a long prediction says before it is done. */
  readonly progress: string | null;
  /** A remark on the experiment. */
  readonly note: string | null;
  readonly curve: FrequencyCurve | null;
  /** Simulated rates: frequency -> D/|h|^2 of each probe. */
  readonly simulatedRates: ReadonlyMap<number, readonly (Estimate | null)[]>;
  /** Whether the networks are to keep their weights when a number changes that allows it. */
  readonly keepWeights: boolean;
  /** Whether the simulation continues an earlier one, so that no experiment file reproduces its digits. */
  readonly continued: boolean;
}

export const initialState: LabState = {
  ...defaultViewState,
  parameters: presetDefaults.isotropic,
  userExperiment: null,
  sweep: null,
  point: null,
  pending: true,
  snapshot: null,
  message: null,
  progress: null,
  note: null,
  curve: null,
  simulatedRates: new Map(),
  keepWeights: false,
  continued: false,
};

/** The experiment that the state describes. */
export const experimentOf = ({ userExperiment, parameters }: LabState): PlainExperiment =>
  userExperiment ?? presetExperiment(parameters);

/** Whether the state has the input whose first stimulus has a frequency. */
export const hasFrequency = ({ userExperiment, parameters }: LabState): boolean =>
  !userExperiment && parameters.preset === 'frequency';

/** Holds the state; every change makes a new one, which the listener receives. */
export class Store {
  #state: LabState = initialState;
  readonly #listener: (state: LabState) => void;

  constructor(listener: (state: LabState) => void) {
    this.#listener = listener;
  }

  get state(): LabState {
    return this.#state;
  }

  update(change: Partial<LabState>): void {
    this.#state = { ...this.#state, ...change };
    this.#listener(this.#state);
  }

  /** Shows the message of an error. */
  fail(error: unknown): void {
    if (!(error instanceof Error)) throw error;
    // The page writes the experiment file itself: its lines and columns mean nothing to the user.
    this.update({ message: error.message.replace(/^experiment:\d+:\d+: /, '') });
  }
}
