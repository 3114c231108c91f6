import { describe, expect, it } from 'vitest';
import { diagonal, identity, multiply, plainAlgebra, row, symmetricEigen, transpose, type Matrix } from '#linalg';
import {
  deepLinear,
  definitionOf,
  gaussianPart,
  inputDistribution,
  mixingRotation,
  type DeepLinearModel,
  type RuleModel,
  type State,
} from '#model';
import { predictByRule } from '../engine/prediction.js';
import { predict } from '../predict.js';

/** Of variances along axes that are no coordinates, so that nothing cancels exactly. */
const covarianceOf = (variances: readonly number[]): Matrix => {
  const axes = mixingRotation(variances.length);
  return multiply(axes, diagonal(variances), transpose(axes));
};

const variances = [1.5, 0.9, 0.3, 0.1];
const covariance = covarianceOf(variances);
const shared = {
  input: inputDistribution(4, [gaussianPart(1, covariance)], []),
  target: identity(4),
  labelNoiseVariance: 0,
  batchSize: 1,
  learningRate: 1e-3,
};
/** Principal axes, that of the largest variance first. */
const axes = [3, 2, 1, 0].map((i) => row(transpose(symmetricEigen(covariance).vectors), i));

const byRule = (rule: string, settings: object) => {
  const model = { rule, input: shared.input, learningRate: shared.learningRate, ...settings } as RuleModel;
  const definition = definitionOf(model);
  if (!definition) throw new RangeError(`no rule ${rule}`);
  return predictByRule(definition, model, axes);
};

const deep = (hiddenLayers: readonly number[], weightDecay: number): DeepLinearModel => ({
  ...{ ...shared, rule: 'deepLinear', hiddenLayers, weightDecay },
});

describe('a prediction that is zero to rounding is zero', () => {
  it.each([
    ["Oja's rule", () => byRule('oja', { outputs: 2 })],
    ['similarity matching', () => byRule('similarityMatching', { outputs: 2, tau: 0.5 })],
    ['two-layer SGD', () => predict({ ...shared, hiddenUnits: 5, weightDecay: 0.5 }, axes)],
    ['a general task', () => predict({ ...shared, hiddenUnits: 5, weightDecay: 0.5 }, axes, { path: 'general' })],
  ])('for inputs that are not represented: %s', (_, prediction) => {
    const { probes } = prediction();
    for (const probe of probes.slice(0, 2)) expect(probe.diffusion).toBeGreaterThan(1e-3 * shared.learningRate ** 3);
    for (const probe of probes.slice(2)) {
      const { squaredNorm, diffusion, directedSpeed, halfLife, sources, fluctuation } = probe;
      expect({ squaredNorm, diffusion, directedSpeed, halfLife, sources }).toEqual({
        ...{ squaredNorm: 0, diffusion: 0, directedSpeed: 0, halfLife: null },
        sources: { learning: 0, synaptic: 0 },
      });
      expect(fluctuation).toBeGreaterThan(0);
    }
  });

  it('for a mode that has no other to turn towards', () => {
    const model = deep([3, 3], 0.4);
    const [probe] = predictByRule(deepLinear, model, axes).probes;
    expect(probe.squaredNorm).toBeGreaterThan(0.1);
    expect([probe, ...(probe.layers ?? [])].map(({ diffusion, directedSpeed }) => [diffusion, directedSpeed])).toEqual(
      Array(3).fill([0, 0]),
    );
  });

  it('for rotations of silent units among themselves', () => {
    const model = deep([5], 0.2);
    // A fixed point with no unit silent by itself, as a search for it finds one.
    const [{ act }] = deepLinear.symmetry(model);
    const nearFixedPoint = (own: DeepLinearModel): State =>
      act(plainAlgebra, mixingRotation(5), deepLinear.nearFixedPoint(own));
    const { rotationDiffusionEigenvalues } = predictByRule({ ...deepLinear, nearFixedPoint }, model, []);
    const [first, ...others] = [...rotationDiffusionEigenvalues].reverse();
    expect(others.filter((value) => value > 0.1 * first)).toHaveLength(2);
    expect(others.slice(2)).toEqual(Array(7).fill(0));
  });
});
