import { describe, expect, it } from 'vitest';
import type { LabPoint } from '../prediction/messages.js';
import type { SimulationSnapshot } from '../simulation/snapshot.js';
import { presetExperiment } from './preset-experiment.js';
import { presetDefaults } from './presets.js';
import { reduce, type LabEvent } from './reduce.js';
import { experimentOf, hasFrequency, initialState, isPending, type LabState } from './state.js';

const after = (...events: LabEvent[]): LabState => events.reduce(reduce, initialState);
const point = { name: 'mine' } as LabPoint;
const snapshot = { failure: null } as SimulationSnapshot;
const n = (value: number): LabEvent => ({ kind: 'changed', change: { n: value } });

describe('the state of the page', () => {
  it('waits for the theory until it answers, and longer where it is asked again meanwhile', () => {
    expect(isPending(initialState)).toBe(true);
    expect(after({ kind: 'answered', point, again: false })).toMatchObject({ query: { kind: 'ready' }, point });
    expect(isPending(after({ kind: 'answered', point, again: true }))).toBe(true);
  });

  it('tells what a long answer takes only while it is waited for', () => {
    const told = { kind: 'told', text: '20 seconds' } as const;
    expect(after(told).query).toEqual({ kind: 'pending', text: '20 seconds' });
    expect(after({ kind: 'answered', point, again: false }, told).query).toEqual({ kind: 'ready' });
  });

  it('has neither point nor networks where the theory refuses, and says why', () => {
    const error = new Error('model.learningRate: found 2');
    const shown = [
      { kind: 'answered', point, again: false },
      { kind: 'began', snapshot, continued: true },
    ] as const;
    expect(after(...shown)).toMatchObject({ point, snapshot, continued: true });
    expect(after(...shown, { kind: 'refused', error, again: false })).toMatchObject({
      query: { kind: 'refused' },
      point: null,
      snapshot: null,
      message: 'model.learningRate: found 2',
    });
  });

  it('has more hidden units while a larger input needs them, and those that were wanted afterwards', () => {
    expect(after(n(24)).parameters).toMatchObject({ n: 24, hiddenUnits: 24 });
    expect(after(n(24), n(3)).parameters).toMatchObject({ n: 3, hiddenUnits: 3 });
    const wanted: LabEvent = { kind: 'changed', change: { hiddenUnits: 7 } };
    expect(after(wanted, n(24), n(3)).parameters).toMatchObject({ n: 3, hiddenUnits: 7 });
  });

  it('changes numbers in the experiment of a file, and forgets it where a preset is chosen', () => {
    const experiment = { model: { learningRate: 0.01, hiddenUnits: 4 } };
    const opened = { kind: 'opened', experiment, note: 'Point 1', sweep: null } as const;
    expect(after(opened)).toMatchObject({ parameters: { learningRate: 0.01, hiddenUnits: 4 }, note: 'Point 1' });
    const changed = after(opened, { kind: 'changed', change: { learningRate: 0.02 } });
    expect(changed).toMatchObject({ userExperiment: { model: { learningRate: 0.02 } }, note: null });
    const chosen = after(opened, { kind: 'chosen', parameters: presetDefaults.frequency });
    expect(chosen).toMatchObject({ userExperiment: null, parameters: presetDefaults.frequency });
  });

  it('keeps the rates of a curve until another curve is asked for', () => {
    const rate = { kind: 'rate', frequency: 0.2, rates: [{ value: 1, se: 0.1 }] } as const;
    const curve = { frequencies: [0.1], rates: [[1]] };
    expect([...after(rate, { kind: 'curve', curve }).simulatedRates.keys()]).toEqual([0.2]);
    expect(after(rate, { kind: 'curve', curve: null }).simulatedRates.size).toBe(0);
  });

  it('stays as it was when it is followed by another', () => {
    const before = JSON.stringify(initialState);
    after(n(5), { kind: 'viewed', view: { selectedProbe: 3 } });
    expect(JSON.stringify(initialState)).toBe(before);
  });
});

it('the experiment of a state is that of the user, or else that of the preset', () => {
  const userExperiment = { name: 'mine' };
  expect(experimentOf({ ...initialState, userExperiment })).toBe(userExperiment);
  expect(experimentOf(initialState)).toEqual(presetExperiment(presetDefaults.turning));
});

it('only the frequency preset has a frequency, and no experiment of the user', () => {
  const state = { ...initialState, parameters: presetDefaults.frequency };
  expect([initialState, state, { ...state, userExperiment: {} }].map(hasFrequency)).toEqual([false, true, false]);
});
