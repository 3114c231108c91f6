import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { InvalidInputError } from '#core';
import { diagonal, identity, zeros, type Matrix } from '#linalg';
import {
  createReferenceStepper,
  gaussianPart,
  inputDistribution,
  randomStart,
  width,
  type CreateStepper,
  type Model,
} from '#model';
import { createKernelSteppers, type Kernel, type Precision } from '../index.js';
import { loadKernel } from '../load.node.js';

let kernel: Kernel;
beforeAll(async () => {
  kernel = await loadKernel();
});

/** Rescaled every 2,211 steps; a mixture, so that every stream is consumed. */
const model: Model = {
  hiddenUnits: 7,
  target: identity(3),
  input: inputDistribution(
    3,
    [gaussianPart(0.8, diagonal([1.2, 1, 0.8]))],
    [{ probability: 0.2, stimulus: [1, -0.5, 0.3] }],
  ),
  learningRate: 0.05,
  weightDecay: 0.2,
  labelNoiseVariance: 0.1,
  batchSize: 1,
};

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

/** Theta of every replica at the end, the stepper replaced by another after each call of `advance`. */
function relay(
  create: CreateStepper,
  replicas: readonly number[],
  calls: readonly number[],
  changed = model,
): Matrix[] {
  const starts = replicas.map((replica) => [randomStart(3, replica, 7, width(changed), 0.5)]);
  let stepper = create(changed, 5, replicas, starts);
  for (const steps of calls) {
    stepper.advance(steps);
    const saved = stepper.save();
    stepper = create(changed, 5, replicas, starts);
    stepper.restore(saved);
  }
  const results = starts.map(([{ rows, cols }]) => zeros(rows, cols));
  results.forEach((theta, index) => {
    stepper.read(index, [theta]);
  });
  return results;
}

/** Theta of every replica after the calls of `advance`, read after each of them. */
function run(create: CreateStepper, replicas: readonly number[], calls: readonly number[], changed = model): Matrix[] {
  const starts = replicas.map((replica) => [randomStart(3, replica, 7, width(changed), 0.5)]);
  const stepper = create(changed, 5, replicas, starts);
  const results = starts.map(([{ rows, cols }]) => zeros(rows, cols));
  for (const steps of calls) {
    stepper.advance(steps);
    results.forEach((theta, index) => {
      stepper.read(index, [theta]);
    });
  }
  return results;
}

describe.each<Precision>(['f64', 'f32'])('a trajectory in %s is the same bits', (precision) => {
  it('however the replicas are divided among steppers', () => {
    const create = createKernelSteppers(kernel, precision);
    const whole = run(create, range(0, 21), [500]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }), (first, second) => {
        const [a, b] = [Math.min(first, second), Math.max(first, second)];
        const pieces = [range(0, a), range(a, b), range(b, 21)].filter((piece) => piece.length > 0);
        expect(pieces.flatMap((piece) => run(create, piece, [500]))).toEqual(whole);
      }),
      { numRuns: 20, seed: 1 },
    );
  });

  it.each([{ batchSize: 1 }, { batchSize: 3 }])('however the steps are split and read, batch $batchSize', (changes) => {
    const create = createKernelSteppers(kernel, precision);
    const changed = { ...model, ...changes };
    const whole = run(create, range(0, 5), [5000], changed);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 12 }), (calls) => {
        const rest = 5000 - calls.reduce((sum, steps) => sum + steps, 0);
        expect(run(create, range(0, 5), [...calls, rest], changed)).toEqual(whole);
      }),
      { numRuns: 20, seed: 1 },
    );
  });
});

describe.each([
  ['the kernel in f64', () => createKernelSteppers(kernel, 'f64')],
  ['the kernel in f32', () => createKernelSteppers(kernel, 'f32')],
  ['the reference', () => createReferenceStepper],
])('a saved stepper of %s', (_, create) => {
  it.each([{ batchSize: 1 }, { batchSize: 3 }])(
    'continues with the same bits in another, batch $batchSize',
    (changes) => {
      const changed = { ...model, ...changes };
      const calls = [1, 0, 700, 2211, 3];
      expect(relay(create(), range(3, 8), calls, changed)).toEqual(run(create(), range(3, 8), [2915], changed));
    },
  );

  it('is rejected by one of another size', () => {
    const start = [randomStart(3, 0, 7, width(model), 0.5)];
    const saved = create()(model, 5, [0], [start]).save();
    const many = Array.from({ length: 9 }, () => start);
    const larger = create()(model, 5, range(0, 9), many);
    expect(() => {
      larger.restore(saved);
    }).toThrow(RangeError);
  });
});

describe('a kernel stepper rejects', () => {
  const create = (precision: Precision, changes: Partial<Model>) => () =>
    run(createKernelSteppers(kernel, precision), [0], [1], { ...model, ...changes });

  it('a step that erases the weights', () => {
    expect(create('f64', { learningRate: 0.5, weightDecay: 2 })).toThrow(InvalidInputError);
  });

  it('single precision where the decay is lost in rounding', () => {
    expect(create('f32', { learningRate: 1e-4, weightDecay: 1e-3 })).toThrow(InvalidInputError);
    expect(create('f32', { weightDecay: 0 })).toThrow(InvalidInputError);
    expect(create('f64', { learningRate: 1e-4, weightDecay: 1e-3 })).not.toThrow();
  });
});

it('a reading before the first step is the start', () => {
  const start = randomStart(3, 0, 7, 6, 0.5);
  const stepper = createKernelSteppers(kernel, 'f64')(model, 5, [0], [[start]]);
  const theta = zeros(start.rows, start.cols);
  stepper.read(0, [theta]);
  expect(theta).toEqual(start);
});

it('steppers of no replicas do nothing', () => {
  const stepper = createKernelSteppers(kernel, 'f64')(model, 5, [], []);
  expect(() => {
    stepper.advance(10);
  }).not.toThrow();
});
