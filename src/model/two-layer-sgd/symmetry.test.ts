import fc from 'fast-check';
import { expect, it } from 'vitest';
import { add, diagonal, fromData, inner, maxAbs, multiply, norm, scale, zeros, type Matrix } from '#linalg';
import { generator } from '#random';
import {
  createReferenceStepper,
  gaussianPart,
  haarFrame,
  inputDistribution,
  lift,
  reduce,
  twoLayerSgd,
  width,
  type Model,
  type State,
} from '../index.js';

const distance = (a: Matrix, b: Matrix): number => maxAbs(add(a, b, -1));

function uniformMatrix(seed: number, rows: number, cols: number): Matrix {
  const source = generator(seed, 0, 'start');
  return fromData(
    rows,
    cols,
    Float64Array.from({ length: rows * cols }, () => 2 * source.uniform() - 1),
  );
}

/** Tasks and inputs that break every symmetry but the one of the hidden units. */
const models: fc.Arbitrary<Model & { seed: number }> = fc
  .record({
    seed: fc.nat(1000),
    hiddenUnits: fc.integer({ min: 2, max: 6 }),
    learningRate: fc.constantFrom(0.01, 0.05),
    weightDecay: fc.constantFrom(0, 0.3),
    labelNoiseVariance: fc.constantFrom(0, 0.5),
    batchSize: fc.integer({ min: 1, max: 3 }),
  })
  .map((rest) => ({
    ...rest,
    target: uniformMatrix(rest.seed, 2, 3),
    input: inputDistribution(
      3,
      [gaussianPart(0.7, diagonal([1.2, 0.9, 0.5]))],
      [0.2, 0.1].map((probability, k) => ({
        probability,
        stimulus: uniformMatrix(rest.seed + 1 + k, 1, 3).data.map((value) => value + 0.5),
      })),
    ),
  }));

/** Columns of the same length for any number of hidden units, so that none makes learning diverge. */
const startOf = (model: Model, seed: number, rows = model.hiddenUnits): Matrix =>
  scale(uniformMatrix(seed + 500, rows, width(model)), 1.5 / Math.sqrt(rows));

function advance(model: Model, seed: number, start: Matrix, steps: number): Matrix {
  const stepper = createReferenceStepper(model, seed, [0], [[start]]);
  stepper.advance(steps);
  const theta = zeros(start.rows, start.cols);
  stepper.read(0, [theta]);
  return theta;
}

const check = <T>(cases: fc.Arbitrary<T>, test: (value: T) => void, numRuns: number, seed: number): void => {
  fc.assert(fc.property(cases, test), { numRuns, seed });
};

// For any antisymmetric Omega; the matrices Omega_ab span them.
it('a step never has a tangential component, at any weights, for any sample', () => {
  check(
    models,
    (model) => {
      const start = startOf(model, model.seed);
      const step = add(advance(model, model.seed, start, 1), start, -1);
      for (let a = 0; a < start.rows; a++) {
        for (let b = 0; b < a; b++) {
          const omega = zeros(start.rows, start.rows);
          omega.data[a * start.rows + b] = 1;
          omega.data[b * start.rows + a] = -1;
          expect(Math.abs(inner(step, multiply(omega, start)))).toBeLessThan(1e-14);
        }
      }
      expect(norm(step)).toBeGreaterThan(1e-6);
    },
    200,
    3,
  );
});

it('a trajectory turns with its start under O(p)', () => {
  check(
    models,
    (model) => {
      const start = startOf(model, model.seed);
      const turn = haarFrame(model.seed, 1, start.rows, start.rows);
      const [group] = twoLayerSgd.symmetry(model);
      const turned = ([theta]: State): Matrix => group.act(turn, [theta])[0];
      const whole = advance(model, model.seed, turned([start]), 300);
      expect(distance(whole, turned([advance(model, model.seed, start, 300)]))).toBeLessThan(1e-11);
    },
    40,
    4,
  );
});

it('a trajectory does not depend on hidden units beyond n + m', () => {
  check(
    fc.tuple(models, fc.integer({ min: 1, max: 40 })),
    ([model, extra]) => {
      const start = startOf(model, model.seed, width(model) + extra);
      const { frame, reduced } = reduce(start);
      expect([reduced.rows, reduced.cols]).toEqual([width(model), width(model)]);
      const lifted = lift(frame, advance(model, model.seed, reduced, 500));
      const full = advance(model, model.seed, start, 500);
      expect(distance(lifted, full)).toBeLessThan(1e-10);
      expect(distance(full, start)).toBeGreaterThan(1e-3);
    },
    40,
    5,
  );
});
