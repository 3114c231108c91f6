import { InvalidInputError } from '#core';
import { describe, expect, it } from 'vitest';
import { KeyError } from './source/source.js';
import { remapToSweep } from './resolve.js';
import { expandSweep } from './sweep.js';

const raw = { model: { learningRate: 0.1, input: [{ weight: 0.5 }, { weight: 'rest' }] } };

describe('expandSweep', () => {
  it('gives the experiment itself when there is nothing to sweep', () => {
    expect([...expandSweep(raw, {})]).toEqual([{ assignments: [], value: raw }]);
  });

  it('takes every combination, the last key fastest', () => {
    const points = [...expandSweep(raw, { 'model.learningRate': [1, 2], 'model.input.1.weight': [3, 4, 5] })];
    expect(points.map(({ assignments }) => assignments.map(({ value }) => value))).toEqual([
      [1, 3],
      [1, 4],
      [1, 5],
      [2, 3],
      [2, 4],
      [2, 5],
    ]);
    expect(points[5].value).toEqual({ model: { learningRate: 2, input: [{ weight: 0.5 }, { weight: 5 }] } });
    expect(points[5].assignments[1]).toEqual({ name: 'model.input.1.weight', value: 5, index: 2 });
  });

  it('sets paths that are joined by commas together', () => {
    const key = 'model.learningRate, model.input.1.weight';
    const pairs = [
      ...expandSweep(raw, {
        [key]: [
          [1, 3],
          [2, 4],
        ],
        'simulation.seed': [7, 8],
      }),
    ];
    expect(pairs.map(({ assignments }) => assignments.map(({ name, value }) => [name, value]))).toEqual(
      [
        [1, 3, 7],
        [1, 3, 8],
        [2, 4, 7],
        [2, 4, 8],
      ].map(([rate, weight, seed]) => [
        ['model.learningRate', rate],
        ['model.input.1.weight', weight],
        ['simulation.seed', seed],
      ]),
    );
    expect(pairs[3].value).toMatchObject({ model: { learningRate: 2, input: [{ weight: 0.5 }, { weight: 4 }] } });
  });

  it.each([
    ['model.learningRate, model.batchSize', [[1, 2], 3], 'found 3, expected a list of 2 values: one for each of', 1],
    ['model.learningRate, model.batchSize', [[1, 2, 3]], 'found a list of 3, expected a list of 2 values', 0],
  ])('rejects values of "%s" that are not one for each path', (key, values, message, index) => {
    const expand = (): unknown => [...expandSweep(raw, { [key]: values })];
    expect(expand).toThrow(message);
    expect(expand).toThrow(expect.objectContaining({ path: ['sweep', key, index] }) as Error);
  });

  it('names the path that is wrong among those that are set together, and the entry of the sweep', () => {
    const key = 'model.learningRate, model.nothing.x';
    const expand = (): unknown => [...expandSweep(raw, { [key]: [[1, 2]] })];
    expect(expand).toThrow('model.nothing.x is not a key of this experiment');
    expect(expand).toThrow(expect.objectContaining({ path: ['sweep', key] }) as Error);
    const [{ assignments }] = expandSweep(raw, { 'model.learningRate, model.batchSize': [[1, -2]] });
    const wrong = remapToSweep(new InvalidInputError('found -2', ['model', 'batchSize']), assignments);
    expect(wrong.message).toBe('model.batchSize: found -2 (at model.learningRate = 1)');
    expect(wrong.path).toEqual(['sweep', 'model.learningRate, model.batchSize', 0]);
  });

  it('leaves the experiment as it was, and no point shares with another', () => {
    const before = structuredClone(raw);
    const [first, second] = [...expandSweep(raw, { 'model.batchSize': [1, 2] })];
    (first.value as typeof raw).model.input[0].weight = 9;
    expect(raw).toEqual(before);
    expect((second.value as typeof raw).model.input).toEqual(before.model.input);
  });

  it('sets keys that the file leaves out', () => {
    const [point] = [...expandSweep(raw, { 'simulation.seed': [7] })];
    expect(point.value).toEqual({ ...raw, simulation: { seed: 7 } });
  });

  it.each([
    'learningRate',
    'model',
    '',
    'probes.0',
    'model.input.2.weight',
    'model.input.first.weight',
    'model.input.2',
    'model.learningRate.x',
    'model.__proto__.polluted',
    'model.constructor.prototype.polluted',
  ])('rejects the path "%s"', (name) => {
    expect(() => [...expandSweep(raw, { [name]: [1] })]).toThrow(KeyError);
    expect(() => [...expandSweep(raw, { [name]: [1] })]).toThrow('is not a key of this experiment');
    expect('polluted' in {}).toBe(false);
  });

  it('rejects more than 10,000 points, before it makes them', () => {
    const many = Array.from({ length: 1000 }, (_, i) => i);
    const sweep = { 'model.learningRate': many, 'model.weightDecay': many, 'simulation.seed': many };
    expect(() => [...expandSweep(raw, sweep)]).toThrow('1000000000 points, expected at most 10000');
  });
});

describe('remapToSweep', () => {
  const assignments = [
    { name: 'model.learningRate', value: 3, index: 1 },
    { name: 'model.input.0.covariance', value: [1, -1], index: 0 },
  ];

  it.each([
    ['the swept key', ['model', 'learningRate'], ['sweep', 'model.learningRate', 1]],
    ['what it holds', ['model', 'input', 0, 'covariance', 1], ['sweep', 'model.input.0.covariance', 0]],
    ['what holds it', ['model', 'input'], ['sweep', 'model.input.0.covariance', 0]],
    ['another key', ['model', 'weightDecay'], ['model', 'weightDecay']],
    ['another key with the same beginning', ['model', 'learningRates'], ['model', 'learningRates']],
    ['no key', [], []],
  ])('%s', (_, path, expected) => {
    expect(remapToSweep(new InvalidInputError('wrong', path), assignments).path).toEqual(expected);
  });

  it('names the values of the other swept keys', () => {
    const error = remapToSweep(new InvalidInputError('wrong', ['model', 'learningRate']), assignments);
    expect(error.message).toBe('wrong (at model.input.0.covariance = [1,-1])');
    expect(remapToSweep(new InvalidInputError('wrong', ['model', 'learningRate']), [assignments[0]]).message).toBe(
      'wrong',
    );
  });

  it('gives the position of an unknown key in the sweep', () => {
    const error = remapToSweep(new KeyError('unknown key', ['model', 'learningRate']), [assignments[0]]);
    expect(error).toBeInstanceOf(KeyError);
    expect(error.path).toEqual(['sweep', 'model.learningRate']);
  });
});
