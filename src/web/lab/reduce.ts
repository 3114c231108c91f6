import type { Estimate } from '#core';
import type { LabPoint, PlainExperiment } from '../prediction/messages.js';
import type { SimulationSnapshot } from '../simulation/snapshot.js';
import { numbersOf, withNumbers } from './experiment-file.js';
import type { Parameters } from './presets.js';
import type { FrequencyCurve, LabState, UserSweep } from './state.js';
import type { View } from './url-state.js';

/** Everything that can happen to the page. */
export type LabEvent =
  /** The user looks at something else, or otherwise: no number depends on it. */
  | { readonly kind: 'viewed'; readonly view: Partial<View> }
  /** All parameters of a preset. */
  | { readonly kind: 'chosen'; readonly parameters: Parameters }
  /** Some parameters of the present experiment. */
  | { readonly kind: 'changed'; readonly change: Partial<Parameters> }
  /** An experiment of the user, which has so many points. */
  | {
      readonly kind: 'opened';
      readonly experiment: PlainExperiment;
      readonly note: string | null;
      readonly sweep: UserSweep | null;
    }
  /** The theory is asked; while files are read nothing is known yet. */
  | { readonly kind: 'asked' }
  | { readonly kind: 'told'; readonly text: string }
  /** A first answer, while the prediction is computed. */
  | { readonly kind: 'answeredFirst'; readonly point: LabPoint }
  /** `again` where the next question is about to be asked. */
  | { readonly kind: 'answered'; readonly point: LabPoint; readonly again: boolean }
  | { readonly kind: 'refused'; readonly error: Error; readonly again: boolean }
  /** The page goes on with what it has. */
  | { readonly kind: 'failed'; readonly error: Error }
  | { readonly kind: 'keptWeights'; readonly keepWeights: boolean }
  | { readonly kind: 'began'; readonly snapshot: SimulationSnapshot; readonly continued: boolean }
  | { readonly kind: 'advanced'; readonly snapshot: SimulationSnapshot }
  | { readonly kind: 'noted'; readonly note: string | null }
  | { readonly kind: 'closedMessage' }
  | { readonly kind: 'curve'; readonly curve: FrequencyCurve | null }
  | { readonly kind: 'rate'; readonly frequency: number; readonly rates: readonly (Estimate | null)[] };

/** The state after an event. */
export function reduce(state: LabState, event: LabEvent): LabState {
  switch (event.kind) {
    case 'viewed':
      return { ...state, view: { ...state.view, ...event.view } };
    case 'chosen':
      return {
        ...state,
        userExperiment: null,
        sweep: null,
        parameters: event.parameters,
        wantedHiddenUnits: event.parameters.hiddenUnits,
        message: null,
        note: null,
      };
    case 'changed': {
      const { userExperiment } = state;
      const { n, hiddenUnits: wantedHiddenUnits = state.wantedHiddenUnits } = event.change;
      // A larger input alone must not make a bottleneck: modes that are all alike have no prediction behind one.
      const change = n === undefined ? event.change : { ...event.change, hiddenUnits: Math.max(wantedHiddenUnits, n) };
      return {
        ...state,
        wantedHiddenUnits,
        parameters: { ...state.parameters, ...change },
        userExperiment: userExperiment && withNumbers(userExperiment, change),
        message: null,
        note: null,
      };
    }
    case 'opened': {
      const { experiment, note, sweep } = event;
      const parameters = { ...state.parameters, ...numbersOf(experiment) };
      return {
        ...state,
        userExperiment: experiment,
        sweep,
        parameters,
        wantedHiddenUnits: parameters.hiddenUnits,
        message: null,
        note,
      };
    }
    case 'asked':
      return { ...state, query: { kind: 'pending', text: null } };
    case 'told':
      return state.query.kind === 'pending' ? { ...state, query: { kind: 'pending', text: event.text } } : state;
    case 'answeredFirst':
      return { ...state, point: event.point, snapshot: null, continued: false };
    case 'answered': {
      const query = event.again ? ({ kind: 'pending', text: null } as const) : ({ kind: 'ready' } as const);
      return { ...state, query, point: event.point, snapshot: null, continued: false };
    }
    case 'refused': {
      const query = event.again ? ({ kind: 'pending', text: null } as const) : ({ kind: 'refused' } as const);
      return { ...state, query, point: null, snapshot: null, message: event.error.message };
    }
    case 'failed':
      return { ...state, message: event.error.message };
    case 'keptWeights':
      return { ...state, keepWeights: event.keepWeights };
    case 'began':
      return { ...state, snapshot: event.snapshot, continued: event.continued };
    case 'advanced': {
      const { snapshot } = event;
      return { ...state, snapshot, ...(snapshot.failure ? { message: explained(snapshot.failure) } : {}) };
    }
    case 'noted':
      return { ...state, note: event.note };
    case 'closedMessage':
      return { ...state, message: null };
    case 'curve':
      return { ...state, curve: event.curve, ...(event.curve ? {} : { simulatedRates: new Map() }) };
    case 'rate':
      return { ...state, simulatedRates: new Map(state.simulatedRates).set(event.frequency, event.rates) };
  }
}

/** The failure of a simulation with what the user can do about it: the page chooses the lag itself. */
const explained = (failure: string): string =>
  `The simulation stopped: ${failure.replace(/; (sample more often|give a smaller).*/, '')}. Reduce the learning rate or the noise.`;
