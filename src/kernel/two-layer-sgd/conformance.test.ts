import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { diagonal, fromData, identity, inner, multiply, scale, transpose, zeros, type Matrix } from '#linalg';
import {
  createReferenceStepper,
  gaussianPart,
  inputDistribution,
  inputs,
  randomStart,
  width,
  type CreateStepper,
  type InputDistribution,
  type Model,
  type State,
} from '#model';
import { generator } from '#random';
import { createKernelSteppers } from '../index.js';
import { loadKernel } from '../load.node.js';

let kernel: CreateStepper;
let kernel32: CreateStepper;
beforeAll(async () => {
  const module = await loadKernel();
  kernel = createKernelSteppers(module, 'f64');
  kernel32 = createKernelSteppers(module, 'f32');
});

/** Numbers uniform on (-1, 1), keyed by `seed`. */
function uniformMatrix(seed: number, rows: number, cols: number): Matrix {
  const source = generator(seed, 0, 'start');
  return fromData(
    rows,
    cols,
    Float64Array.from({ length: rows * cols }, () => 2 * source.uniform() - 1),
  );
}

/** Positive definite, of trace n. */
function covariance(seed: number, n: number): Matrix {
  const factor = uniformMatrix(seed, n, n);
  const product = multiply(factor, transpose(factor));
  for (let i = 0; i < n; i++) product.data[i * (n + 1)] += 0.5;
  const trace = inner(product, identity(n));
  return scale(product, n / trace);
}

const variances = (n: number): Matrix => diagonal(Float64Array.from({ length: n }, (_, i) => 1.2 - (0.6 * i) / n));

const stimuli = (seed: number, count: number, n: number, total: number) =>
  Array.from({ length: count }, (_, k) => ({
    probability: (total * 2 * (k + 1)) / (count * (count + 1)),
    stimulus: uniformMatrix(seed + k, 1, n).data,
  }));

const inputKinds: Record<string, (n: number) => InputDistribution> = {
  'gaussian, diagonal': (n) => inputDistribution(n, [gaussianPart(1, variances(n))], []),
  'gaussian, full': (n) => inputDistribution(n, [gaussianPart(1, covariance(5, n))], []),
  'gaussian, singular': (n) => {
    const direction = uniformMatrix(6, n, 1);
    return inputDistribution(n, [gaussianPart(1, multiply(direction, transpose(direction)))], []);
  },
  'two gaussians, diagonal': (n) =>
    inputDistribution(n, [gaussianPart(0.7, variances(n)), gaussianPart(0.3, identity(n))], []),
  'two gaussians, full': (n) =>
    inputDistribution(n, [gaussianPart(0.4, covariance(7, n)), gaussianPart(0.6, variances(n))], []),
  point: (n) => inputDistribution(n, [], stimuli(8, 1, n, 1)),
  dictionary: (n) => inputDistribution(n, [], stimuli(9, 5, n, 1)),
  'data set': (n) => inputDistribution(n, [], stimuli(10, 200, n, 1)),
  'gaussian and point': (n) => inputDistribution(n, [gaussianPart(0.8, variances(n))], stimuli(11, 1, n, 0.2)),
  'full gaussian and dictionary': (n) =>
    inputDistribution(n, [gaussianPart(0.5, covariance(12, n))], stimuli(13, 3, n, 0.5)),
};

function modelOf(input: InputDistribution, changes: Partial<Model> = {}): Model {
  return {
    hiddenUnits: 6,
    target: identity(input.size),
    input,
    learningRate: 0.02,
    weightDecay: 0.1,
    labelNoiseVariance: 0,
    batchSize: 1,
    ...changes,
  };
}

const startsOf = (model: Model, replicas: readonly number[]): State[] =>
  replicas.map((replica) => [randomStart(3, replica, model.hiddenUnits, width(model), 0.5)]);

/** Largest deviation of the kernel from the reference after 1,000 steps, relative to the largest weight. */
function deviation(create: CreateStepper, model: Model, count: number): number {
  const replicas = Array.from({ length: count }, (_, i) => 3 * i + 1);
  const starts = startsOf(model, replicas);
  const fast = create(model, 17, replicas, starts);
  const reference = createReferenceStepper(model, 17, replicas, starts);
  fast.advance(1000);
  reference.advance(1000);
  const deviations = starts.map(([{ rows, cols }], index) => {
    const got = zeros(rows, cols);
    const expected = zeros(rows, cols);
    fast.read(index, [got]);
    reference.read(index, [expected]);
    const largest = Math.max(...expected.data.map(Math.abs));
    expect(largest).toBeGreaterThan(0);
    return Math.max(...got.data.map((value, at) => Math.abs(value - expected.data[at]))) / largest;
  });
  return Math.max(...deviations);
}

const targets: Record<string, (n: number) => Matrix> = {
  identity,
  full: (n) => uniformMatrix(20, n, n),
  wide: (n) => uniformMatrix(21, n + 3, n),
  narrow: (n) => uniformMatrix(22, Math.max(1, n - 2), n),
};

describe('the kernel and the readable step', () => {
  describe.each(Object.entries(inputKinds))('%s', (_, input) => {
    it.each([
      { batchSize: 1, labelNoiseVariance: 0 },
      { batchSize: 1, labelNoiseVariance: 0.3 },
      { batchSize: 3, labelNoiseVariance: 0.3 },
    ])('batch $batchSize, label noise $labelNoiseVariance', (changes) => {
      expect(deviation(kernel, modelOf(input(5), changes), 5)).toBeLessThan(1e-12);
    });
  });

  it.each(Object.entries(targets))('target %s', (_, target) => {
    for (const labelNoiseVariance of [0, 0.3]) {
      const model = modelOf(inputKinds['gaussian, full'](5), { target: target(5), labelNoiseVariance });
      expect(deviation(kernel, model, 3)).toBeLessThan(1e-12);
    }
  });

  it('any shape, input and step size', () => {
    const shapes = fc.record({
      n: fc.integer({ min: 1, max: 9 }),
      hiddenUnits: fc.integer({ min: 1, max: 23 }),
      replicas: fc.integer({ min: 1, max: 11 }),
      batchSize: fc.integer({ min: 1, max: 4 }),
      kind: fc.constantFrom(...Object.keys(inputKinds)),
      target: fc.constantFrom(...Object.keys(targets)),
      labelNoiseVariance: fc.constantFrom(0, 0.1),
      learningRate: fc.constantFrom(0.001, 0.005, 0.02),
      weightDecay: fc.constantFrom(0, 0.05, 0.5),
    });
    fc.assert(
      fc.property(shapes, ({ n, replicas, kind, target, ...changes }) => {
        const model = modelOf(inputKinds[kind](n), { ...changes, target: targets[target](n) });
        expect(inputs(model)).toBe(n);
        expect(deviation(kernel, model, replicas)).toBeLessThan(1e-12);
      }),
      { numRuns: 40, seed: 1 },
    );
  });

  it('strong decay, where the stored weights are rescaled often', () => {
    const input = inputDistribution(4, [gaussianPart(1, scale(covariance(5, 4), 0.25))], []);
    const model = modelOf(input, { learningRate: 0.1, weightDecay: 0.5, target: scale(identity(4), 4) });
    expect(deviation(kernel, model, 3)).toBeLessThan(1e-12);
  });

  it.each(Object.entries(inputKinds))('single precision, %s', (_, input) => {
    for (const batchSize of [1, 3]) {
      const model = modelOf(input(5), { labelNoiseVariance: 0.2, batchSize });
      expect(deviation(kernel32, model, 11)).toBeLessThan(1e-4);
    }
  });
});
