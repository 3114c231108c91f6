import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { identity, scale, zeros } from '#linalg';
import {
  createReferenceStepper,
  gaussianPart,
  inputDistribution,
  inputs,
  type CreateStepper,
  type Model,
} from '#model';
import {
  covariance,
  inputKinds,
  kernelModel,
  kernelShapes,
  modelOf,
  startsOf,
  targets,
} from '../../../test/support/kernel-models.js';
import { createKernelSteppers } from '../index.js';
import { loadKernel } from '../load.node.js';

let kernel: CreateStepper;
let kernel32: CreateStepper;
beforeAll(async () => {
  const module = await loadKernel();
  kernel = createKernelSteppers(module, 'f64');
  kernel32 = createKernelSteppers(module, 'f32');
});

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
    fc.assert(
      fc.property(kernelShapes, ({ replicas, ...shape }) => {
        const model = kernelModel(shape);
        expect(inputs(model)).toBe(shape.n);
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
