import { InvalidInputError } from '#core';
import { describe, expect, it } from 'vitest';
import { plainSource } from './source/plain-source.js';
import { readExperiment } from './read.js';

const model = {
  hiddenUnits: 4,
  input: [{ kind: 'gaussian', covariance: [1.3, 1, 0.8] }],
  learningRate: 0.01,
  weightDecay: 0.1,
};

const messageOf = (content: string | object): Promise<string> =>
  readExperiment(content, { name: 'mine' }).then(
    () => 'read',
    (error: unknown) => (error as Error).message,
  );

describe('an experiment as a plain object', () => {
  it('is the experiment of the same text', async () => {
    const file = { model, probes: [[1, 0, 0]], sweep: { 'model.weightDecay': { linspace: [0.1, 0.2, 3] } } };
    expect(await readExperiment(file)).toEqual(await readExperiment(JSON.stringify(file)));
  });

  it('takes typed arrays as lists, leaves out keys without a value, and is not changed', async () => {
    const typed = {
      name: undefined,
      model: { ...model, input: [{ kind: 'gaussian', covariance: Float64Array.of(1.3, 1, 0.8) }] },
      probes: [Float32Array.of(1, 0, 0)],
    };
    const copy = structuredClone(typed);
    expect(await readExperiment(typed)).toEqual(await readExperiment({ model, probes: [[1, 0, 0]] }));
    expect(typed).toEqual(copy);
  });

  it.each<[string, object]>([
    ['a number out of range', { model: { ...model, learningRate: -1 } }],
    ['a mistyped key', { model: { ...model, learningrate: 0.01 } }],
    ['a missing key', { model: { ...model, weightDecay: undefined } }],
    ['a wrong kind', { model: { ...model, input: [{ kind: 'gausian', covariance: [1] }] } }],
    ['probes of another size', { model, probes: [[1, 0]] }],
    ['an unknown path of a sweep', { model, sweep: { 'model.weightDeca': [1] } }],
    ['a wrong value of a sweep', { model, sweep: { 'model.weightDecay': [0.1, -1] } }],
    ['a data file', { model: { ...model, target: { file: 'a.npy' } } }],
    ['a list', [model]],
  ])('explains %s in the words of the same text, by the path of the key', async (_, content) => {
    const ofText = await messageOf(JSON.stringify(content));
    expect(ofText).toMatch(/^mine:\d+:\d+: /);
    expect(await messageOf(content)).toBe(ofText.replace(/^mine:\d+:\d+/, 'mine'));
  });

  it('explains what no file could hold', async () => {
    expect(await messageOf({ model: { ...model, learningRate: NaN } })).toBe(
      'mine: model.learningRate: found NaN, expected a finite number above 0',
    );
    expect(await messageOf({ model: { ...model, learningRate: () => 1 } })).toBe(
      'mine: model.learningRate: found a function, expected a number, text, list or map as in YAML or JSON',
    );
    expect(await messageOf({ model: { ...model, input: [new Map()] } })).toBe(
      'mine: model.input[0]: found an object of type Map, expected a number, text, list or map as in YAML or JSON',
    );
    const own: Record<string, unknown> = { ...model };
    own.target = own;
    expect(await messageOf({ model: own })).toBe('mine: model: is nested too deep, or contains itself');
  });

  it('without a name is explained by the path of the key alone', () => {
    const error = new InvalidInputError('found 2', ['probes', 1]);
    expect(plainSource('', { model }).locate(error).message).toBe('probes[1] (probe 2): found 2');
  });
});
