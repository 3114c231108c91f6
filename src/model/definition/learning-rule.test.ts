import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, diagonal, fromData, identity, maxAbs, multiply, transpose, type Matrix } from '#linalg';
import { oja, sanger, type HebbianModel } from '../../../test/support/hebbian-rules.js';
import {
  createReferenceStepper,
  definitionOf,
  gaussianPart,
  haarFrame,
  inputDistribution,
  Orbit,
  readoutOf,
  registerRule,
  ruleOf,
  secondMoment,
  tangentSpace,
  vectorOf,
  type DeepLinearModel,
  type Model,
  type OjaModel,
  type RuleModel,
  type SimilarityMatchingModel,
  type State,
} from '../index.js';

registerRule(oja);
registerRule(sanger);

const input = inputDistribution(
  3,
  [gaussianPart(0.7, diagonal([1.2, 0.9, 0.5]))],
  [{ probability: 0.3, stimulus: [1, -0.5, 0.3] }],
);

const distance = (a: State, b: State): number => Math.max(...a.map((array, i) => maxAbs(add(array, b[i], -1))));
const copyOf = (state: State): Matrix[] => state.map((array) => ({ ...array, data: array.data.slice() }));

function advance(model: RuleModel, start: State, steps: number): State {
  const stepper = createReferenceStepper(model, 5, [2], [start]);
  stepper.advance(steps);
  const state = copyOf(start);
  stepper.read(0, state);
  return state;
}

const startOf = (model: RuleModel, seed = 1): State =>
  ruleOf(model).start(model, { random: 0.5 }, { seed, replica: 0 });

describe('the readable step of a definition', () => {
  it.each(['oja', 'sanger'] as const)('makes the steps of the same rule written by hand: %s', (name) => {
    const byHand: HebbianModel = {
      rule: name === 'oja' ? 'ownOja' : 'ownSanger',
      outputs: 2,
      learningRate: 0.05,
      input,
    };
    const defined = { ...byHand, rule: name };
    const start = startOf(byHand);
    expect(distance(startOf(defined), start)).toBe(0);
    expect(distance(advance(defined, start, 200), advance(byHand, start, 200))).toBeLessThan(1e-12);
  });

  it('makes the steps of two-layer SGD where it has one hidden layer', () => {
    const shared = { target: fromData(2, 3, Float64Array.of(1, 0.2, 0, -0.3, 0.7, 0.1)), input, learningRate: 0.05 };
    const noise = { weightDecay: 0.2, labelNoiseVariance: 0.1, batchSize: 2 };
    const twoLayer: Model = { ...shared, ...noise, hiddenUnits: 3 };
    const deep: DeepLinearModel = { ...shared, ...noise, rule: 'deepLinear', hiddenLayers: [3] };
    const [first, second] = startOf(deep);
    const theta = (w1: Matrix, w2: Matrix): Matrix =>
      fromData(
        3,
        5,
        Float64Array.from({ length: 15 }, (_, at) =>
          at % 5 < 3 ? w1.data[Math.floor(at / 5) * 3 + (at % 5)] : w2.data[((at % 5) - 3) * 3 + Math.floor(at / 5)],
        ),
      );
    const [w1, w2] = advance(deep, [first, second], 200);
    const [expected] = advance(twoLayer, [theta(first, second)], 200);
    expect(maxAbs(add(theta(w1, w2), expected, -1))).toBeLessThan(1e-12);
  });

  it('is by the mean over all samples where synaptic noise acts alone', () => {
    const model: OjaModel = {
      ...{ rule: 'oja', outputs: 2, learningRate: 0.05, input, noiseSource: 'synaptic' },
      synapticNoise: { variance: 1e-30, scaling: 'sqrt', layers: 'all', symmetric: true },
    };
    const [w] = startOf({ ...model, noiseSource: 'both' });
    const sigma = secondMoment(input);
    // f of Oja's rule: W Sigma - W Sigma W' W.
    const mean = add(multiply(w, sigma), multiply(w, sigma, transpose(w), w), -1);
    expect(distance(advance(model, [w], 1), [add(w, mean, 0.05)])).toBeLessThan(1e-13);
    expect(distance(advance({ ...model, noiseSource: 'learning' }, [w], 1), [add(w, mean, 0.05)])).toBeGreaterThan(
      1e-3,
    );
  });

  it('adds no synaptic noise where noise of learning acts alone', () => {
    const model: OjaModel = {
      ...{ rule: 'oja', outputs: 2, learningRate: 0.05, input },
      synapticNoise: { variance: 1, scaling: 'sqrt', layers: 'all', symmetric: true },
    };
    const start = startOf(model);
    const without = { ...model, synapticNoise: undefined };
    expect(distance(advance({ ...model, noiseSource: 'learning' }, start, 20), advance(without, start, 20))).toBe(0);
    expect(distance(advance(model, start, 20), advance(without, start, 20))).toBeGreaterThan(0.1);
  });

  it('is refused where synaptic noise is to act alone and there is none', () => {
    const model: OjaModel = { rule: 'oja', outputs: 2, learningRate: 0.05, input, noiseSource: 'synaptic' };
    expect(() => {
      ruleOf(model).assertValid(model);
    }).toThrow('found synaptic, but the model has no synapticNoise');
  });

  it('adds synaptic noise of the variance that its scaling says, symmetric where the array is', () => {
    const eta = 0.04;
    const model = (scaling: 'sqrt' | 'linear', symmetric: boolean): SimilarityMatchingModel => ({
      ...{ rule: 'similarityMatching', outputs: 2, tau: 1, learningRate: eta, input },
      synapticNoise: { variance: 0.01, scaling, layers: ['M'], symmetric },
    });
    const start = [fromData(2, 3, Float64Array.of(1, 0, 0, 0, 1, 0)), identity(2)];
    const noiseOf = (own: SimilarityMatchingModel, replica: number): Matrix[] => {
      const step = (of: RuleModel): State => {
        const stepper = createReferenceStepper(of, 5, [replica], [start]);
        stepper.advance(1);
        const state = copyOf(start);
        stepper.read(0, state);
        return state;
      };
      const without = { ...own, synapticNoise: undefined };
      const quiet = step(without);
      return step(own).map((array, i) => add(array, quiet[i], -1));
    };
    const replicas = Array.from({ length: 400 }, (_, i) => i);
    for (const [scaling, expected] of [
      ['sqrt', eta * 0.01],
      ['linear', eta * eta * 0.01],
    ] as const) {
      const all = replicas.map((replica) => noiseOf(model(scaling, true), replica));
      expect(Math.max(...all.map(([w]) => maxAbs(w)))).toBe(0);
      const variance = all.reduce((sum, [, m]) => sum + m.data[1] ** 2, 0) / replicas.length;
      expect(Math.abs(variance / expected - 1)).toBeLessThan(0.3);
      expect(Math.max(...all.map(([, m]) => Math.abs(m.data[1] - m.data[2])))).toBeLessThan(1e-15);
    }
    const [, asymmetric] = noiseOf(model('sqrt', false), 0);
    expect(Math.abs(asymmetric.data[1] - asymmetric.data[2])).toBeGreaterThan(1e-4);
  });
});

const similarityMatching: SimilarityMatchingModel = {
  ...{ rule: 'similarityMatching', outputs: 3, tau: 0.5, learningRate: 0.05, input },
};
const threeLayers: DeepLinearModel = {
  ...{ rule: 'deepLinear', hiddenLayers: [3, 4], target: identity(3), input, learningRate: 0.05 },
  ...{ weightDecay: 0.2, labelNoiseVariance: 0.1, batchSize: 2 },
};

const factors = { layerRates: [1, 3, 0.5], layerDecays: [2, 1, 0.5] };
const accelerated: DeepLinearModel = { ...threeLayers, ...factors, momentum: 0.8 };

describe('momentum', () => {
  it('keeps a share of every movement, and adds the step of every layer at its own rate and decay', () => {
    const [weights, velocities] = [startOf(threeLayers, 1), startOf(threeLayers, 2)];
    const { learningRate: eta, weightDecay: gamma } = threeLayers;
    const plain = advance(threeLayers, weights, 1);
    const moved = velocities.map(({ data, ...shape }, l) => ({
      ...shape,
      data: data.map((velocity, i) => {
        const w = weights[l].data[i];
        const gradient = (plain[l].data[i] - w) / eta + gamma * w;
        return 0.8 * velocity + eta * factors.layerRates[l] * (gradient - gamma * factors.layerDecays[l] * w);
      }),
    }));
    const expected = [...weights.map((w, l) => add(w, moved[l])), ...moved];
    expect(distance(advance(accelerated, [...weights, ...velocities], 1), expected)).toBeLessThan(1e-12);
    expect(distance(moved, velocities)).toBeGreaterThan(0.1);
  });

  it('starts from velocities of zero, which no synaptic noise moves', () => {
    const start = startOf(accelerated);
    expect(start.map((array) => maxAbs(array) > 0)).toEqual([true, true, true, false, false, false]);
    const synapticNoise = { variance: 1, scaling: 'sqrt', layers: 'all', symmetric: true } as const;
    const [quiet, noisy] = [{}, { synapticNoise }].map((noise) => advance({ ...accelerated, ...noise }, start, 1));
    expect(distance(quiet.slice(0, 3), noisy.slice(0, 3))).toBeGreaterThan(0.1);
    expect(distance(quiet.slice(3), noisy.slice(3))).toBe(0);
  });
});

describe.each<[string, RuleModel, number]>([
  ['a deep network with momentum', accelerated, 1],
  ['similarity matching', similarityMatching, 0],
  ['the first hidden layer of a deep network', threeLayers, 0],
  ['the second hidden layer of a deep network', threeLayers, 1],
])('the symmetry of %s', (_, model, layer) => {
  const group = ruleOf(model).symmetry(model)[layer];
  const units = layer === 0 ? 3 : 4;
  const property = (check: (state: State, turn: Matrix) => void): void => {
    fc.assert(
      fc.property(fc.nat(1e6), (seed) => {
        check(startOf(model, seed), haarFrame(seed + 1, 0, units, units));
      }),
      { numRuns: 20, seed: 1 },
    );
  };

  it('turns steps with the state, for every sample', () => {
    property((state, turn) => {
      const turned = advance(model, group.act(turn, state), 20);
      expect(distance(turned, group.act(turn, advance(model, state, 20)))).toBeLessThan(1e-9);
      expect(distance(turned, group.act(turn, state))).toBeGreaterThan(1e-3);
    });
  });

  it('leaves the losses as they are', () => {
    const readout = readoutOf(model, 3, identity(3), null);
    property((state, turn) => {
      expect(readout.losses(group.act(turn, state)).regularized).toBeCloseTo(readout.losses(state).regularized, 10);
    });
  });

  it('finds the frame of a turned reference point', () => {
    property((state, turn) => {
      const frame = new Float64Array(units * units);
      group.projection(state, units).project(frame, group.act(turn, state));
      expect(maxAbs(add(fromData(units, units, frame), transpose(turn), -1))).toBeLessThan(1e-9);
    });
  });
});

it.each<[string, RuleModel]>([
  ['similarity matching', similarityMatching],
  ['a deep network', threeLayers],
])('the frames of %s turn a state back to where no tangent of the orbit leads nearer', (_, model) => {
  const definition = definitionOf(model);
  if (!definition) throw new Error('a built-in rule has a definition');
  const reference = startOf(model, 3);
  const { tangents } = tangentSpace(new Orbit(definition, model), vectorOf(reference));
  fc.assert(
    fc.property(fc.nat(1e6), (seed) => {
      const displaced = reference.map((array, k) => add(array, startOf(model, seed)[k], 0.1));
      const groups = ruleOf(model).symmetry(model);
      const back = groups.reduce<State>((state, group, layer) => {
        const units = layer === 0 ? 3 : 4;
        const frame = new Float64Array(units * units);
        group.projection(reference, units).project(frame, displaced);
        return group.act(fromData(units, units, frame), state);
      }, displaced);
      const left = multiply(transpose(tangents), {
        rows: tangents.rows,
        cols: 1,
        data: vectorOf(back.map((array, k) => add(array, reference[k], -1))),
      });
      expect(maxAbs(left)).toBeLessThan(1e-12);
    }),
    { numRuns: 20, seed: 1 },
  );
});
