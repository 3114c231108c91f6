import { describe, expect, it } from 'vitest';
import { diagonal, identity } from '#linalg';
import {
  createReferenceStepper,
  deepLinear,
  gaussianPart,
  inputDistribution,
  oja,
  ruleOf,
  sanger,
  similarityMatching,
  type RuleDefinition,
  type RuleModel,
} from '#model';
import { learningTimeByFlow } from './learning-time.js';
import { predictRule } from './predict-rule.js';

const input = inputDistribution(3, [gaussianPart(1, diagonal([1.4, 0.8, 0.2]))], []);
const autoencoder = { target: identity(3), weightDecay: 0.05, labelNoiseVariance: 0, batchSize: 1 };
const shared = { input, learningRate: 0.01 };

/** Mean over replicas of the sum of |h|^2 over the axes, some steps after random weights. */
function responseAfter(model: RuleModel, steps: number): number {
  const rule = ruleOf(model);
  const replicas = Array.from({ length: 24 }, (_, i) => i);
  const starts = replicas.map((replica) => rule.start(model, { random: 0.1 }, { seed: 3, replica }));
  const stepper = createReferenceStepper(model, 3, replicas, starts);
  stepper.advance(steps);
  const hidden = new Float64Array(3 * rule.units(model, starts[0]));
  const represent = rule.representation(identity(3), model);
  const sum = replicas.reduce((total, replica) => {
    stepper.read(replica, starts[replica]);
    represent(hidden, starts[replica]);
    return total + hidden.reduce((squares, value) => squares + value * value, 0);
  }, 0);
  return sum / replicas.length;
}

describe('the time of learning by a rule from its definition', () => {
  it.each<[string, unknown, object]>([
    ['oja', oja, { outputs: 2 }],
    ['sanger, which has no symmetry', sanger, { outputs: 2 }],
    ['similarity matching', similarityMatching, { outputs: 2, tau: 2 }],
    ['a network with a hidden layer', deepLinear, { hiddenLayers: [3], ...autoencoder }],
  ])('is enough for random weights, and not three times as much as that: %s', (_, definition, own) => {
    const rule = definition as RuleDefinition;
    const model: RuleModel = { rule: rule.name, ...shared, ...own };
    const { fixedPoint, rates } = predictRule(rule, model);
    const slowest = rates[0].real;
    const time = learningTimeByFlow(rule, model, { fixedPoint, slowest }, 0.1);
    const later = responseAfter(model, 4 * time);
    expect(Math.abs(responseAfter(model, time + Math.ceil(5 / (slowest * 0.01))) / later - 1)).toBeLessThan(0.06);
    expect(Math.abs(responseAfter(model, Math.round(time / 3)) / later - 1)).toBeGreaterThan(0.03);
  });

  it('is refused where small weights decay, as those of three layers do', () => {
    const model = { rule: 'deepLinear', ...shared, ...autoencoder, hiddenLayers: [3, 3] };
    const rule = deepLinear as unknown as RuleDefinition;
    const { fixedPoint, rates } = predictRule(rule, model);
    expect(() => learningTimeByFlow(rule, model, { fixedPoint, slowest: rates[0].real }, 0.1)).toThrow(
      'random weights of standard deviation 0.1 do not learn what the theory describes',
    );
  });
});
