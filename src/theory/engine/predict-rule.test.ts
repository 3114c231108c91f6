import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { diagonal, dot, fromRows, identity, type Matrix } from '#linalg';
import {
  deepLinear,
  gaussianPart,
  inputDistribution,
  maskedSimilarityMatching,
  oja,
  sanger,
  similarityMatching,
  type DeepLinearModel,
  type InputDistribution,
  type RuleDefinition,
  type RuleModel,
} from '#model';
import { generator, NormalSource } from '#random';
import { predict } from '../predict.js';
import { DenseCovariance } from '../rotation/dense.js';
import { rotate } from '../rotation/planes.js';
import { predictRule, type RulePrediction } from './predict-rule.js';

interface RuleCase {
  readonly name: string;
  readonly rule: string;
  readonly outputs?: number;
  readonly tau?: number;
  readonly layers?: number;
  readonly target?: number[];
  readonly weightDecay?: number;
  readonly covariance: number[];
  readonly expected: {
    readonly relaxationRates: number[];
    readonly probes: {
      readonly stimulus: number[];
      readonly layer?: number;
      readonly squaredNorm: number;
      readonly diffusionPerEta3: number;
      readonly synapticDiffusionPerEtaSigma2: number;
    }[];
  };
}

const cases = JSON.parse(readFileSync('test/fixtures/rule-cases.json', 'utf8')) as RuleCase[];
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

describe('the theory of any rule', () => {
  it.each(cases)('has the numbers of an independent program: $name', (item) => {
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

/** Random two-layer models of every kind of input, with or without label noise and a bottleneck. */
function randomModels(count: number): DeepLinearModel[] {
  const normal = new NormalSource(generator(16, 0, 'normal'), generator(16, 0, 'retry'));
  const uniform = (low: number, high: number): number =>
    low + (high - low) * (0.5 + Math.atan(normal.next()) / Math.PI);
  return Array.from({ length: count }, (_, k) => {
    const n = 2 + (k % 3);
    const variances = Array.from({ length: n }, () => uniform(0.5, 1.5));
    const stimuli = Array.from({ length: n + 3 }, () => ({
      probability: (k % 4 === 2 ? 0.5 : 1) / (n + 3),
      stimulus: Array.from({ length: n }, () => 1.3 * normal.next()),
    }));
    const parts = [gaussianPart(k % 4 === 2 ? 0.5 : 1, diagonal(variances))];
    const input =
      k % 4 === 1
        ? inputDistribution(n, [], stimuli)
        : k % 4 === 2
          ? inputDistribution(n, parts, stimuli)
          : gaussian(variances);
    const target =
      k % 3 === 1
        ? fromRows(Array.from({ length: 2 }, () => Array.from({ length: n }, () => normal.next())))
        : identity(n);
    return {
      rule: 'deepLinear',
      hiddenLayers: [k % 5 === 4 ? Math.max(1, target.rows - 1) : target.rows + (k % 2)],
      target,
      input,
      learningRate: 0.01,
      weightDecay: uniform(0.02, 0.12),
      labelNoiseVariance: k % 2 === 0 ? 0.2 : 0,
      batchSize: 1 + (k % 3),
    };
  });
}

describe('the theory of any rule for two-layer networks', () => {
  it('equals the special paths to 1e-9', () => {
    let compared = 0;
    for (const model of randomModels(16)) {
      const { hiddenLayers, ...shared } = model;
      const probes = [0, 1].map((k) => Array.from({ length: model.input.size }, (_, j) => Math.cos(1 + j + 2 * k)));
      let special;
      try {
        special = predict({ ...shared, rule: 'sgd', hiddenUnits: hiddenLayers[0] }, probes);
      } catch {
        continue;
      }
      const general = predictRule(deepLinear, model);
      compared++;
      const near = (found: number, expected: number, scale = Math.abs(expected)): void => {
        expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-9 * scale);
      };
      special.probes.forEach((probe, k) => {
        const { representation: c, fluctuation } = general.respond(probes[k])[0];
        near(dot(c, c), probe.squaredNorm);
        near(fluctuation.learning, probe.fluctuation);
        near(diffusionIn(general, general.rotation.covariance.learning, 0, c), probe.diffusion);
        const speed = Math.hypot(...rotate(general.rotation.velocity, c));
        near(speed, probe.directedSpeed, Math.sqrt(probe.diffusion));
      });
      near(general.loss.stationary.task, special.loss.task);
      near(general.loss.stationary.regularized, special.loss.regularized);
      near(
        general.loss.minimum.regularized - (model.labelNoiseVariance * model.target.rows) / 2,
        special.regularizedLossWithoutLabelNoise,
      );
    }
    expect(compared).toBeGreaterThan(12);
  });
});
