import { describe, expect, it } from 'vitest';
import { add, diagonal, dot, fromRows, maxAbs, multiply, norm, type Matrix } from '#linalg';
import {
  deepLinear,
  gaussianPart,
  inputDistribution,
  maskedSimilarityMatching,
  oja,
  Orbit,
  sanger,
  similarityMatching,
  stateOf,
  tangentSpace,
  vectorOf,
  type DeepLinearModel,
  type InputDistribution,
  type RuleDefinition,
  type RuleModel,
} from '#model';
import { ruleCases, type RuleCase } from '../../../test/support/rule-cases.js';
import { comparedWithSpecialPaths, randomDeepModels } from '../../../test/support/rule-models.js';
import { DenseCovariance } from '../rotation/dense.js';
import { predict } from '../predict.js';
import { generalSolution } from '../solvers/general/solver.js';
import { predictRule, type RulePrediction } from './predict-rule.js';

const rules = [oja, similarityMatching, deepLinear] as unknown as readonly RuleDefinition[];

const gaussian = (variances: readonly number[]): InputDistribution =>
  inputDistribution(variances.length, [gaussianPart(1, diagonal(variances))], []);

const unitNoise = { variance: 1, scaling: 'sqrt', layers: 'all', symmetric: true } as const;

/** eta = 1 and sigma^2 = 1, so that rates are those over powers of both. */
function predictCase({ rule, covariance, layers, target, weightDecay, outputs, tau }: RuleCase): RulePrediction {
  const definition = rules.find(({ name }) => name === rule);
  if (!definition) throw new RangeError(`no rule ${rule}`);
  const model = {
    ...{ rule, input: gaussian(covariance), learningRate: 1, synapticNoise: unitNoise, outputs, tau, weightDecay },
    ...{ labelNoiseVariance: 0, batchSize: 1 },
    ...(target && layers && { target: diagonal(target), hiddenLayers: Array(layers - 1).fill(target.length) }),
  };
  return predictRule(definition, model as RuleModel);
}

/** D of a representation in one layer. */
function diffusionIn({ rotation }: RulePrediction, covariance: Matrix, layer: number, c: Float64Array): number {
  const own = rotation.planes.flatMap(({ group }, p) => (group === layer ? [p] : []));
  const block = fromRows(own.map((p) => own.map((q) => covariance.data[p * covariance.cols + q])));
  return own.length === 0 ? 0 : new DenseCovariance(block).diffusionOf(c).value;
}

describe('the theory of networks whose layers have their own rates and decays', () => {
  const target = fromRows([
    [1.2, 0.1, 0],
    [0, 0.9, 0.2],
  ]);
  const plain: DeepLinearModel = {
    ...{ rule: 'deepLinear', hiddenLayers: [2], target, input: gaussian([1.3, 1, 0.7]), learningRate: 0.01 },
    ...{ weightDecay: 0.1, labelNoiseVariance: 0.2, batchSize: 1 },
  };
  const numbersOf = (model: DeepLinearModel): number[] => {
    const prediction = predictRule(deepLinear, model);
    const { rotation, loss } = prediction;
    const [{ fluctuation }] = prediction.respond([1, 0.5, -0.3]);
    return [rotation.covariance.learning.data[0], rotation.velocity[0], fluctuation.learning, loss.stationary.task];
  };
  const worstRatio = (a: readonly number[], b: readonly number[]): number =>
    Math.max(...a.map((value, i) => Math.abs(value / b[i] - 1)));

  it('is that of one learning rate or one decay where all layers have the same factor', () => {
    expect(numbersOf(plain).every((value) => value !== 0)).toBe(true);
    expect(
      worstRatio(numbersOf({ ...plain, layerRates: [2, 2] }), numbersOf({ ...plain, learningRate: 0.02 })),
    ).toBeLessThan(1e-8);
    expect(
      worstRatio(numbersOf({ ...plain, layerDecays: [2, 2] }), numbersOf({ ...plain, weightDecay: 0.2 })),
    ).toBeLessThan(1e-8);
    expect(worstRatio(numbersOf({ ...plain, layerRates: [1, 3] }), numbersOf(plain))).toBeGreaterThan(0.1);
  });

  it('is that of a plain network in other units where the factors of two layers are each other’s inverse', () => {
    // W1 = sqrt(r) U1, W2 = U2 / sqrt(r): U learns as a network without factors, h is sqrt(r) times its.
    const r = 3;
    const [, , fluctuation, loss] = numbersOf(plain);
    const scaled = numbersOf({ ...plain, layerRates: [r, 1 / r], layerDecays: [1 / r, r] });
    expect(worstRatio(scaled, [...numbersOf(plain).slice(0, 2), r * fluctuation, loss])).toBeLessThan(1e-8);
  });

  it('has the minimum that its factors change by a balance of the layers alone', () => {
    const [first, second] = predictRule(deepLinear, { ...plain, layerDecays: [0.5, 2] }).fixedPoint;
    const [one, two] = predictRule(deepLinear, plain).fixedPoint;
    expect(maxAbs(add(multiply(second, first), multiply(two, one), -1))).toBeLessThan(1e-9);
    expect(norm(first) / norm(second)).toBeCloseTo(2 * (norm(one) / norm(two)), 6);
  });

  it('has the left null vectors that the rule names for projections', () => {
    const model: DeepLinearModel = { ...plain, layerRates: [1, 3], layerDecays: [0.5, 2] };
    const { fixedPoint, duals } = predictRule(deepLinear, model);
    const { tangents } = tangentSpace(new Orbit(deepLinear, model), vectorOf(fixedPoint));
    const named = vectorOf(deepLinear.dual?.(model, stateOf(deepLinear.arrays(model), tangents.data)) ?? []);
    const factor = dot(named, tangents.data);
    expect(Math.max(...duals.data.map((value, i) => Math.abs(value - named[i] / factor)))).toBeLessThan(1e-9);
    expect(Math.abs(named[0] / tangents.data[0] - 1)).toBeLessThan(1e-12);
    expect(named.at(-1)).toBeCloseTo((tangents.data.at(-1) ?? NaN) / 3, 12);
  });
});

describe('the theory of any rule', () => {
  it.each(ruleCases)('has the numbers of an independent program: $name', (item) => {
    const prediction = predictCase(item);
    const { relaxationRates, probes } = item.expected;
    expect(prediction.rates).toHaveLength(relaxationRates.length);
    prediction.rates.forEach(({ real }, i) => {
      expect(real).toBeCloseTo(relaxationRates[i], 6);
    });
    for (const { stimulus, layer = 1, ...expected } of probes) {
      const c = prediction.respond(stimulus)[layer - 1].representation;
      const { learning, synaptic } = prediction.rotation.covariance;
      const found = [
        dot(c, c),
        diffusionIn(prediction, learning, layer - 1, c),
        diffusionIn(prediction, synaptic, layer - 1, c),
      ];
      const wanted = [expected.squaredNorm, expected.diffusionPerEta3, expected.synapticDiffusionPerEtaSigma2];
      found.forEach((value, i) => {
        expect(Math.abs(value - wanted[i])).toBeLessThanOrEqual(1e-9 * wanted[i] + 1e-20);
      });
    }
  });

  it('has the fluctuation of an output that relaxes alone, of Ornstein and Uhlenbeck', () => {
    // Oja's rule, k = 1: the weight of a minor axis relaxes at l_1 - l_2, its noise of learning is x_1 x_2; that of the leading axis at
    // 2 l_1, and learning from x_1 alone has no noise there.
    const [eta, variance, l1, l2] = [0.02, 0.03, 1.5, 0.4];
    const model = { rule: 'oja', outputs: 1, input: gaussian([l1, l2]), learningRate: eta };
    const noisy = { ...model, synapticNoise: { ...unitNoise, variance } };
    const prediction = predictRule(oja as unknown as RuleDefinition, noisy);
    const [leading] = prediction.respond([1, 0]);
    const [minor] = prediction.respond([0, 1]);
    expect(leading.fluctuation.learning).toBeCloseTo(0, 15);
    expect(leading.fluctuation.synaptic).toBeCloseTo(variance / (4 * l1), 12);
    expect(minor.fluctuation.learning).toBeCloseTo((eta * l1 * l2) / (2 * (l1 - l2)), 12);
    expect(minor.fluctuation.synaptic).toBeCloseTo(variance / (2 * (l1 - l2)), 12);
  });

  it.each([
    ['oja', sanger as unknown as RuleDefinition, { rule: 'sanger', outputs: 2 }],
    [
      'similarity matching',
      maskedSimilarityMatching as unknown as RuleDefinition,
      { rule: 'maskedSimilarityMatching', outputs: 2, tau: 0.5 },
    ],
  ])('predicts fluctuation without drift where a mask breaks the symmetry of %s', (_, rule, own) => {
    const prediction = predictRule(rule, { input: gaussian([1.5, 0.9, 0.3]), learningRate: 0.01, ...own });
    expect(prediction.rotation.planes).toHaveLength(0);
    expect(prediction.respond([1, 0.5, 0])[0].fluctuation.learning).toBeGreaterThan(0);
  });
});

describe('the theory of any rule for two-layer networks', () => {
  it('equals the special paths to 1e-9', () => {
    const all = [...randomDeepModels(12)].map(comparedWithSpecialPaths).filter((differences) => differences !== null);
    expect(all.length).toBeGreaterThan(8);
    for (const differences of all) {
      for (const [name, difference] of Object.entries(differences)) expect(difference, name).toBeLessThan(1e-9);
    }
  });

  it('has the mean displacement and the fluctuation along the code of the path general, and much the same size of a step', () => {
    for (const model of randomDeepModels(8)) {
      const { hiddenLayers, target, input, learningRate, weightDecay, labelNoiseVariance, batchSize } = model;
      const shared = { target, input, learningRate, weightDecay, labelNoiseVariance, batchSize };
      const twoLayer = { ...shared, hiddenUnits: hiddenLayers[0] };
      const { displacement, representation, fluctuationAlong } = generalSolution(twoLayer);
      const { stability } = predict(twoLayer, []);
      const engine = predictRule(deepLinear, model);
      const stimulus = Float64Array.from({ length: input.size }, (_, j) => Math.cos(1 + j));
      const [response] = engine.respond(stimulus);
      expect(Math.hypot(...response.displacement) / Math.hypot(...displacement.of(stimulus))).toBeCloseTo(1, 9);
      const c = representation(stimulus);
      const along = fluctuationAlong(
        stimulus,
        c.map((value) => value / Math.hypot(...c)),
      );
      expect(Math.hypot(...response.fluctuationAlong) / Math.hypot(...along)).toBeCloseTo(1, 9);
      expect(dot(response.fluctuationAlong, response.representation) / dot(along, c)).toBeCloseTo(1, 9);
      expect(engine.displacement.share / displacement.share).toBeCloseTo(1, 9);
      // With the weights that couple a unit to the other modes, too.
      const units = [...engine.displacement.relative[0]].sort((a, b) => b - a);
      const modes = [...displacement.relative].sort((a, b) => b - a);
      expect(units[0] / modes[0]).toBeGreaterThan(0.99);
      expect(units[0] / modes[0]).toBeLessThan(3);
      // Two ways to say how much the size of the step adds to second moments.
      expect(engine.multiplicativeNoise / (learningRate / stability.learningRate)).toBeGreaterThan(1 / 3);
      expect(engine.multiplicativeNoise / (learningRate / stability.learningRate)).toBeLessThan(3);
    }
  });
});
