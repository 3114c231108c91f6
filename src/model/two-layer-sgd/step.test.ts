import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  diagonal,
  fromData,
  fromRows,
  identity,
  maxAbs,
  multiply,
  scale,
  sliceCols,
  transpose,
  zeros,
  type Matrix,
} from '#linalg';
import { generator, replicaStreams } from '#random';
import {
  createReferenceStepper,
  gaussianPart,
  inputDistribution,
  inputs,
  outputs,
  populationLoss,
  width,
  type Model,
} from '../index.js';
import { InputSampler } from '../input/sampler.js';

const distance = (a: Matrix, b: Matrix): number => maxAbs(add(a, b, -1));
const copy = (a: Matrix): Matrix => scale(a, 1);

function uniformMatrix(seed: number, rows: number, cols: number): Matrix {
  const source = generator(seed, 0, 'start');
  return fromData(
    rows,
    cols,
    Float64Array.from({ length: rows * cols }, () => 2 * source.uniform() - 1),
  );
}

/** Gaussian parts, stimuli off the mean, label noise, any batch: everything at once or hardly anything. */
const models: fc.Arbitrary<Model & { seed: number }> = fc
  .record({
    seed: fc.nat(1000),
    n: fc.integer({ min: 1, max: 4 }),
    m: fc.integer({ min: 1, max: 3 }),
    hiddenUnits: fc.integer({ min: 1, max: 5 }),
    share: fc.constantFrom(0, 0.6, 1),
    learningRate: fc.constantFrom(0.01, 0.05),
    weightDecay: fc.constantFrom(0, 0.3),
    labelNoiseVariance: fc.constantFrom(0, 0.5),
    batchSize: fc.integer({ min: 1, max: 4 }),
  })
  .map(({ n, m, share, ...rest }) => ({
    ...rest,
    target: uniformMatrix(rest.seed, m, n),
    input: inputDistribution(
      n,
      [gaussianPart(share, diagonal(uniformMatrix(rest.seed + 1, 1, n).data.map((value) => 1 + value / 2)))],
      [0.7, 0.3].map((part, k) => ({
        probability: (1 - share) * part,
        stimulus: uniformMatrix(rest.seed + 2 + k, 1, n).data.map((value) => value + 0.5),
      })),
    ),
  }));

const startOf = (model: Model, seed: number): Matrix => uniformMatrix(seed + 500, model.hiddenUnits, width(model));

/** Theta after `steps` steps of the readable stepper. */
function advance(model: Model, seed: number, start: Matrix, steps: number, replica = 0): Matrix {
  const stepper = createReferenceStepper(model, seed, [replica], [[copy(start)]]);
  stepper.advance(steps);
  const theta = zeros(start.rows, start.cols);
  stepper.read(0, [theta]);
  return theta;
}

/** The same in matrix algebra, as it is written on paper. */
function advanceOnPaper(model: Model, seed: number, start: Matrix, steps: number, replica: number): Matrix {
  const [n, m] = [inputs(model), outputs(model)];
  const { normal, select } = replicaStreams(seed, replica);
  const sampler = new InputSampler(model.input);
  let theta = start;
  for (let t = 0; t < steps; t++) {
    const w1 = sliceCols(theta, 0, n);
    const w2 = transpose(sliceCols(theta, n, n + m));
    let step = zeros(theta.rows, theta.cols);
    for (let s = 0; s < model.batchSize; s++) {
      const x = zeros(n, 1);
      sampler.draw(normal, select, x.data, 0);
      const noise = zeros(m, 1).data.map(() => (model.labelNoiseVariance > 0 ? normal.next() : 0));
      const eps = scale(fromData(m, 1, noise), Math.sqrt(model.labelNoiseVariance));
      const h = multiply(w1, x);
      const e = add(add(multiply(model.target, x), eps), multiply(w2, h), -1);
      const b = multiply(transpose(w2), e);
      const blocks = [multiply(b, transpose(x)), multiply(h, transpose(e))];
      step = add(step, fromRows(Array.from(h.data, (_, k) => blocks.flatMap((a) => Array.from(sliceRow(a, k))))));
    }
    theta = add(scale(theta, 1 - model.learningRate * model.weightDecay), step, model.learningRate / model.batchSize);
  }
  return theta;
}
const sliceRow = (a: Matrix, k: number): Float64Array => a.data.subarray(k * a.cols, (k + 1) * a.cols);

const check = <T>(cases: fc.Arbitrary<T>, test: (value: T) => void, numRuns: number, seed: number): void => {
  fc.assert(fc.property(cases, test), { numRuns, seed });
};

describe('the readable step', () => {
  it('is the step on paper', () => {
    check(
      fc.tuple(models, fc.nat(50)),
      ([model, replica]) => {
        const start = startOf(model, model.seed);
        const expected = advanceOnPaper(model, model.seed, start, 40, replica);
        expect(distance(advance(model, model.seed, start, 40, replica), expected)).toBeLessThan(1e-12);
        expect(distance(expected, start)).toBeGreaterThan(1e-4);
      },
      100,
      1,
    );
  });

  it('is one step of gradient descent on the loss, when the stimulus is always the same', () => {
    check(
      models.filter((model) => model.labelNoiseVariance === 0),
      (model) => {
        const stimulus = uniformMatrix(model.seed + 9, 1, inputs(model)).data;
        const steady = { ...model, input: inputDistribution(stimulus.length, [], [{ probability: 1, stimulus }]) };
        const start = startOf(model, model.seed);
        const step = add(advance(steady, 1, start, 1), start, -1);
        const loss = populationLoss(steady);
        const shift = 1e-4;
        start.data.forEach((value, index) => {
          const at = (change: number): number => {
            const theta = copy(start);
            theta.data[index] = value + change;
            return loss(theta).regularized;
          };
          const gradient = (at(shift) - at(-shift)) / (2 * shift);
          expect(Math.abs(step.data[index] + model.learningRate * gradient)).toBeLessThan(1e-8);
        });
      },
      100,
      2,
    );
  });
});

describe('a trajectory', () => {
  it('does not depend on the other replicas or on how the steps are split into calls', () => {
    const model: Model = {
      hiddenUnits: 3,
      target: identity(2),
      input: inputDistribution(2, [gaussianPart(1, identity(2))], []),
      learningRate: 0.02,
      weightDecay: 0.1,
      labelNoiseVariance: 0.1,
      batchSize: 2,
    };
    const starts = [0, 1, 2].map((replica) => [startOf(model, replica)]);
    const stepper = createReferenceStepper(model, 8, [0, 1, 2], starts);
    for (const steps of [1, 0, 20, 79]) stepper.advance(steps);
    const theta = zeros(3, 4);
    starts.forEach(([start], replica) => {
      stepper.read(replica, [theta]);
      expect(theta).toEqual(advance(model, 8, start, 100, replica));
      expect(start).toEqual(startOf(model, replica));
    });
  });
});
