import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidInputError } from '#core';
import { add, diagonal, fromData, identity, maxAbs, multiply, transpose, type Matrix } from '#linalg';
import { oja, sanger, type HebbianModel } from '../../test/support/hebbian-rules.js';
import {
  createReferenceStepper,
  gaussianPart,
  haarFrame,
  inputDistribution,
  leftRotations,
  readoutOf,
  registerRule,
  ruleOf,
  twoLayerSgd,
  type LearningRule,
  type Model,
  type RuleModel,
  type State,
} from './index.js';

registerRule(oja);
registerRule(sanger);

const input = inputDistribution(
  3,
  [gaussianPart(0.7, diagonal([1.2, 0.9, 0.5]))],
  [{ probability: 0.3, stimulus: [1, -0.5, 0.3] }],
);
const twoLayer: Model = {
  hiddenUnits: 3,
  target: fromData(2, 3, Float64Array.of(1, 0.2, 0, -0.3, 0.7, 0.1)),
  input,
  learningRate: 0.05,
  weightDecay: 0.2,
  labelNoiseVariance: 0.1,
  batchSize: 2,
};
const hebbian = (rule: HebbianModel['rule']): HebbianModel => ({ rule, outputs: 3, learningRate: 0.05, input });

const distance = (a: State, b: State): number => Math.max(...a.map((array, i) => maxAbs(add(array, b[i], -1))));
const copyOf = (state: State): Matrix[] => state.map((array) => ({ ...array, data: array.data.slice() }));

function advance(model: RuleModel, start: State, steps: number): State {
  const stepper = createReferenceStepper(model, 5, [2], [start]);
  stepper.advance(steps);
  const state = copyOf(start);
  stepper.read(0, state);
  return state;
}

const startOf = (model: RuleModel, seed: number): State =>
  ruleOf(model).start(model, { random: 0.5 }, { seed, replica: 0 });

describe('a model', () => {
  it('learns by the rule that it names, by two-layer SGD where it names none', () => {
    expect(ruleOf(twoLayer)).toBe(twoLayerSgd);
    expect(ruleOf({ ...twoLayer, rule: 'sgd' })).toBe(twoLayerSgd);
    expect(ruleOf(hebbian('ownOja'))).toBe(oja);
  });

  it('is rejected when it names an unknown rule', () => {
    expect(() => ruleOf({ ...twoLayer, rule: 'ojo' })).toThrow(InvalidInputError);
    expect(() => ruleOf({ ...twoLayer, rule: 'ojo' })).toThrow(
      'found the learning rule "ojo", expected one of sgd, deepLinear, deep, oja, sanger, similarityMatching, maskedSimilarityMatching, ownOja, ownSanger',
    );
  });

  it('has one rule for each name', () => {
    expect(() => {
      registerRule(oja);
    }).toThrow(RangeError);
  });
});

describe.each<[string, LearningRule, RuleModel]>([
  ['two-layer SGD', twoLayerSgd, twoLayer],
  ['Oja', oja, hebbian('ownOja')],
])('the rule of %s', (_, rule, model) => {
  const [group] = rule.symmetry(model);
  const turnOf = (seed: number): Matrix => haarFrame(seed, 0, 3, 3);
  const property = (check: (state: State, turn: Matrix) => void): void => {
    fc.assert(
      fc.property(fc.nat(1e6), (seed) => {
        check(startOf(model, seed), turnOf(seed + 1));
      }),
      { numRuns: 50, seed: 1 },
    );
  };

  it('has steps that turn with the state, for every sample', () => {
    property((state, turn) => {
      const turned = advance(model, group.act(turn, state), 20);
      expect(distance(turned, group.act(turn, advance(model, state, 20)))).toBeLessThan(1e-12);
      expect(distance(turned, group.act(turn, state))).toBeGreaterThan(1e-3);
    });
  });

  it('has representations that turn, and losses that do not', () => {
    const readout = readoutOf(model, 3, identity(3), null);
    const hiddenOf = (state: State): Matrix => {
      const hidden = new Float64Array(9);
      readout.represent(hidden, state);
      return fromData(3, 3, hidden);
    };
    property((state, turn) => {
      const turned = group.act(turn, state);
      expect(distance([hiddenOf(turned)], [multiply(hiddenOf(state), transpose(turn))])).toBeLessThan(1e-13);
      expect(readout.losses(turned).regularized).toBeCloseTo(readout.losses(state).regularized, 12);
      expect(readout.losses(turned).task).toBeCloseTo(readout.losses(state).task, 12);
    });
  });

  it('finds the frame of a turned reference point', () => {
    property((state, turn) => {
      const frame = new Float64Array(9);
      group.projection(state, 3).project(frame, group.act(turn, state));
      expect(distance([fromData(3, 3, frame)], [transpose(turn)])).toBeLessThan(1e-9);
    });
  });

  it('finds back a reference point that a state has with silent units', () => {
    property((state, turn) => {
      const two = group.act(fromData(2, 3, turn.data.slice(0, 6)), state);
      const hidden = group.act(haarFrame(3, 0, 5, 2), two);
      const found = group.withoutSilentUnits(hidden);
      expect(rule.units(model, found)).toBe(2);
      const frame = fromData(2, 5, new Float64Array(10));
      group.projection(found, 5).project(frame.data, hidden);
      expect(distance(group.act(transpose(frame), found), hidden)).toBeLessThan(1e-9);
    });
  });

  it('starts with the arrays that it states', () => {
    const shapes = startOf(model, 1).map(({ rows, cols }) => [rows, cols]);
    expect(shapes).toEqual(rule.arrays(model).map(({ rows, cols }) => [rows, cols]));
    expect(startOf(model, 1)).not.toEqual(startOf(model, 2));
  });
});

describe('the rule of Sanger', () => {
  it('has no symmetry: its steps do not turn with the state, and there is no frame to follow', () => {
    const model = hebbian('ownSanger');
    const state = startOf(model, 1);
    const turn = haarFrame(2, 0, 3, 3);
    const turned = advance(model, leftRotations.act(turn, state), 20);
    expect(distance(turned, leftRotations.act(turn, advance(model, state, 20)))).toBeGreaterThan(1e-3);
    expect(() => readoutOf(model, 3, identity(3), { referencePoint: state })).toThrow('has no symmetry');
  });
});
