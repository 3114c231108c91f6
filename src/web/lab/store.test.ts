import { describe, expect, it } from 'vitest';
import { presetExperiment } from './preset-experiment.js';
import { presetDefaults } from './presets.js';
import { experimentOf, hasFrequency, initialState, Store, type LabState } from './store.js';

const record = (): { store: Store; states: LabState[] } => {
  const states: LabState[] = [];
  return { states, store: new Store((state) => states.push(state)) };
};

describe('the store', () => {
  it('gives its listener a new state with every change, and leaves the old one as it was', () => {
    const { store, states } = record();
    store.update({ message: 'first' });
    store.update({ selectedProbe: 3 });
    expect(states).toEqual([
      { ...initialState, message: 'first' },
      { ...initialState, message: 'first', selectedProbe: 3 },
    ]);
    expect(store.state).toBe(states[1]);
  });

  it('shows errors without the position in the experiment file that the page has written itself', () => {
    const { store } = record();
    store.fail(new Error('experiment:3:14: model.learningRate: found 2'));
    expect(store.state.message).toBe('model.learningRate: found 2');
    store.fail(new Error('lab.yaml:3:14: model.learningRate: found 2'));
    expect(store.state.message).toBe('lab.yaml:3:14: model.learningRate: found 2');
  });

  it('throws what is not an error', () => {
    const { store, states } = record();
    expect(() => {
      store.fail('text');
    }).toThrow('text');
    expect(states).toEqual([]);
  });
});

it('the experiment of a state is that of the user, or else that of the preset', () => {
  const userExperiment = { name: 'mine' };
  expect(experimentOf({ ...initialState, userExperiment })).toBe(userExperiment);
  expect(experimentOf(initialState)).toEqual(presetExperiment(presetDefaults.isotropic));
});

it('only the frequency preset has a frequency, and no experiment of the user', () => {
  const state = { ...initialState, parameters: presetDefaults.frequency };
  expect([initialState, state, { ...state, userExperiment: {} }].map(hasFrequency)).toEqual([false, true, false]);
});
