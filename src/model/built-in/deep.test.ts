import { describe, expect, it } from 'vitest';
import { add, diagonal, fromData, identity, maxAbs, multiply, transpose, type Matrix } from '#linalg';
import { generator, NormalSource, replicaStreams } from '#random';
import { gaussianPart, inputDistribution, ruleOf, type DeepModel, type State } from '../index.js';
import { normalQuantile } from './dropout.js';

const model: DeepModel = {
  ...{ rule: 'deep', hiddenLayers: [6], target: identity(3), learningRate: 0.1, weightDecay: 0.2, batchSize: 1 },
  ...{ labelNoiseVariance: 0, activation: 'relu', dropout: { nodes: 0, weights: 0 } },
  input: inputDistribution(3, [gaussianPart(1, diagonal([1.2, 0.9, 0.5]))], []),
};

const startOf = (of: DeepModel): State => ruleOf(of).start(of, { random: 0.7 }, { seed: 1, replica: 0 });
const distance = (a: State, b: State): number => Math.max(...a.map((array, i) => maxAbs(add(array, b[i], -1))));

/** The weights after one step, and the normal numbers that it drew. */
function oneStep(of: DeepModel): { readonly before: State; readonly after: State; readonly drawn: () => number } {
  const before = startOf(of);
  const after = before.map((array) => ({ ...array, data: array.data.slice() }));
  ruleOf(of).step(of, before)(after, replicaStreams(3, 5));
  const { normal } = replicaStreams(3, 5);
  return { before, after, drawn: () => normal.next() };
}

/** One step by loops: masks of units and weights as factors. */
function byHand(
  [w1, w2]: State,
  x: Matrix,
  units: Matrix,
  [m1, m2]: State,
  slope: (z: number, h: number) => number,
  phi: (z: number) => number,
): Matrix[] {
  const times = (a: Matrix, b: Matrix): Matrix => ({ ...a, data: a.data.map((value, i) => value * b.data[i]) });
  const [used1, used2] = [times(m1, w1), times(m2, w2)];
  const z = multiply(used1, x);
  const h = { ...z, data: z.data.map(phi) };
  const kept = times(units, h);
  const error = add(x, multiply(used2, kept), -1);
  const back = times(units, multiply(transpose(used2), error));
  const inner = { ...back, data: back.data.map((value, i) => value * slope(z.data[i], h.data[i])) };
  const step = (w: Matrix, g: Matrix): Matrix => add(w, add(g, w, -0.2), 0.1);
  return [step(w1, times(m1, multiply(inner, transpose(x)))), step(w2, times(m2, multiply(error, transpose(kept))))];
}

const filled = (rows: number, cols: number, value: () => number): Matrix =>
  fromData(rows, cols, Float64Array.from({ length: rows * cols }, value));
const one = (): number => 1;
const ones = [filled(6, 3, one), filled(3, 6, one)];
function inputFrom(drawn: () => number): Matrix {
  const z = filled(3, 1, drawn);
  return { ...z, data: z.data.map((value, i) => Math.sqrt([1.2, 0.9, 0.5][i]) * value) };
}

describe('a step of a network with activation functions', () => {
  it.each([
    ['relu', (z: number) => Math.max(z, 0), (z: number) => Number(z > 0)],
    ['tanh', Math.tanh, (_: number, h: number) => 1 - h * h],
  ] as const)('goes down the gradient through %s', (activation, phi, slope) => {
    const { before, after, drawn } = oneStep({ ...model, activation });
    const expected = byHand(before, inputFrom(drawn), filled(6, 1, one), ones, slope, phi);
    expect(distance(after, expected)).toBeLessThan(1e-13);
    expect(distance(after, before)).toBeGreaterThan(1e-3);
  });

  it('leaves out units and weights by the next numbers of the replica, and scales up what stays', () => {
    const dropout = { nodes: 0.3, weights: 0.4 };
    const { before, after, drawn } = oneStep({ ...model, dropout });
    const x = inputFrom(drawn);
    const mask = (rows: number, cols: number, q: number): Matrix =>
      filled(rows, cols, () => (drawn() > normalQuantile(q) ? 1 / (1 - q) : 0));
    const units = mask(6, 1, 0.3);
    const weights = [mask(6, 3, 0.4), mask(3, 6, 0.4)];
    const expected = byHand(
      before,
      x,
      units,
      weights,
      (z) => Number(z > 0),
      (z) => Math.max(z, 0),
    );
    expect(distance(after, expected)).toBeLessThan(1e-13);
    expect(weights[0].data.filter((value) => value === 0).length).toBeGreaterThan(2);
  });
});

it('the quantile of dropout splits normal numbers as the share says', () => {
  const normal = new NormalSource(generator(1, 0, 'normal'), generator(1, 0, 'retry'));
  const all = Float64Array.from({ length: 100_000 }, () => normal.next());
  for (const q of [0.001, 0.1, 0.5, 0.9]) {
    const below = all.filter((z) => z < normalQuantile(q)).length / all.length;
    expect(Math.abs(below - q)).toBeLessThan(4 * Math.sqrt((q * (1 - q)) / all.length));
  }
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12);
});

it('losses of networks that are no polynomial are those of many random inputs within 2%', () => {
  const noisy: DeepModel = { ...model, labelNoiseVariance: 0.3 };
  const [w1, w2] = startOf(noisy);
  const normal = new NormalSource(generator(2, 0, 'normal'), generator(2, 0, 'retry'));
  let sum = 0;
  const samples = 40_000;
  for (let s = 0; s < samples; s++) {
    const x = inputFrom(() => normal.next());
    const h = multiply(w1, x);
    const error = add(x, multiply(w2, { ...h, data: h.data.map((z) => Math.max(z, 0)) }), -1);
    sum += multiply(transpose(error), error).data[0] / 2 + (3 * 0.3) / 2;
  }
  const { task, regularized } = ruleOf(noisy).losses(noisy)([w1, w2]);
  expect(Math.abs(task / (sum / samples) - 1)).toBeLessThan(0.02);
  const squares = [w1, w2].reduce((total, { data }) => total + data.reduce((part, w) => part + w * w, 0), 0);
  expect(regularized - task).toBeCloseTo(0.1 * squares, 10);
});

it('a network with dropout is refused where noise of learning is left out', () => {
  const noise = { variance: 1e-4, scaling: 'sqrt', layers: 'all', symmetric: true } as const;
  const mean: DeepModel = {
    ...model,
    dropout: { nodes: 0.1, weights: 0 },
    synapticNoise: noise,
    noiseSource: 'synaptic',
  };
  expect(() => {
    ruleOf(mean).assertValid(mean);
  }).toThrow('the mean step of this model is not known');
});
