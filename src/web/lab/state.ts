import type { Estimate } from '#core';
import type { LabPoint, PlainExperiment } from '../prediction/messages.js';
import type { SimulationSnapshot } from '../simulation/snapshot.js';
import { presetExperiment } from './preset-experiment.js';
import { presetDefaults, type Parameters } from './presets.js';
import { defaultView, type View } from './url-state.js';

/** D/|h|^2 of every probe as a function of the frequency of the first. */
export interface FrequencyCurve {
  readonly frequencies: readonly number[];
  /** [frequency][probe], rad^2 per step; empty where the theory makes no prediction. */
  readonly rates: readonly (readonly number[])[];
}

/** How far the question to the theory has come: `text` says what a long answer takes. */
export type Query =
  | { readonly kind: 'pending'; readonly text: string | null }
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused' };
/** A file of the user that has several points. */
export interface UserSweep {
  readonly files: readonly File[];
  /** What each of them sets. */
  readonly points: readonly string[];
  readonly pointIndex: number;
  /** Whether they are the phases of a protocol: from one to another the networks keep their weights. */
  readonly isProtocol: boolean;
}

/** Everything that the page shows. */
export interface LabState {
  readonly view: View;
  readonly parameters: Parameters;
  /** Hidden units that the user asked for: a larger input has more for as long as it is larger. */
  readonly wantedHiddenUnits: number;
  /** The experiment of a file that the user opened; null for a preset. */
  readonly userExperiment: PlainExperiment | null;
  readonly query: Query;
  /** The points of the user's file, where it has several, and which one is shown, from 0. */
  readonly sweep: UserSweep | null;
  /** The latest prediction; null where the theory makes none. */
  readonly point: LabPoint | null;
  readonly snapshot: SimulationSnapshot | null;
  /** The latest error. */
  readonly message: string | null;
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
  view: defaultView,
  parameters: presetDefaults.turning,
  wantedHiddenUnits: presetDefaults.turning.hiddenUnits,
  userExperiment: null,
  query: { kind: 'pending', text: null },
  sweep: null,
  point: null,
  snapshot: null,
  message: null,
  note: null,
  curve: null,
  simulatedRates: new Map(),
  keepWeights: false,
  continued: false,
};

/** Whether the prediction for the present parameters is still being computed. */
export const isPending = ({ query }: LabState): boolean => query.kind === 'pending';

/** The experiment that the state describes. */
export const experimentOf = ({ userExperiment, parameters }: LabState): PlainExperiment =>
  userExperiment ?? presetExperiment(parameters);

/** Whether the state has the input whose first stimulus has a frequency. */
export const hasFrequency = ({ userExperiment, parameters }: LabState): boolean =>
  !userExperiment && parameters.preset === 'frequency';
