import { describe, expect, it } from 'vitest';
import { diagonal } from '#linalg';
import {
  gaussianPart,
  inPrincipalFrame,
  inputDistribution,
  similarityMatching,
  symmetricArrays,
  type RuleDefinition,
  type SimilarityMatchingModel,
} from '#model';
import { predictByRule } from './prediction.js';

/** Similarity matching in which the antisymmetric part of M would stay for ever: for symmetric M every step is the same. */
const lazy: RuleDefinition<SimilarityMatchingModel> = {
  ...similarityMatching,
  // As a rule file: its fixed point may have any orientation.
  symmetricArrays,
  orient: (own, state) => inPrincipalFrame(lazy, own, state),
  update: (algebra, model, state, sample) => {
    const { add, subtract, scale, transpose } = algebra;
    const [w, m] = similarityMatching.update(algebra, model, state, sample);
    const [, lateral] = state;
    return [w, add(m, scale(subtract(lateral, transpose(lateral)), 1 / (2 * model.tau)))];
  },
  // Not the fixed point itself: on the way there, rounding must not leave an antisymmetric part.
  nearFixedPoint: (model) =>
    similarityMatching.nearFixedPoint(model).map((array) => ({
      ...array,
      data: array.data.map((value, i) => value + 0.05 * Math.cos((i % array.cols) + Math.floor(i / array.cols))),
    })),
};

const model: SimilarityMatchingModel = {
  ...{ rule: 'similarityMatching', outputs: 2, tau: 0.6, learningRate: 0.01 },
  input: inputDistribution(3, [gaussianPart(1, diagonal([1.4, 0.9, 0.3]))], []),
  synapticNoise: { variance: 1e-4, scaling: 'sqrt', layers: 'all', symmetric: true },
};
const stimuli = [[1, 0.5, -0.3]];

describe('an array that is declared symmetric', () => {
  it('may have an antisymmetric part that nothing restores: it stays zero, and what is predicted is the same', () => {
    const [expected, found] = [similarityMatching, lazy].map((rule) => predictByRule(rule, model, stimuli));
    const [wanted] = expected.probes;
    const [probe] = found.probes;
    for (const name of ['squaredNorm', 'fluctuation', 'diffusion', 'halfLife'] as const) {
      expect((probe[name] ?? 0) / (wanted[name] ?? NaN), name).toBeCloseTo(1, 9);
    }
    expect(probe.directedSpeed).toBe(0);
    expect(probe.sources.learning / wanted.sources.learning).toBeCloseTo(1, 9);
    expect(found.loss.task / expected.loss.task).toBeCloseTo(1, 12);
    expect(found.relaxationTime / expected.relaxationTime).toBeCloseTo(1, 9);
    // Without the rate of the antisymmetric part, 1 / tau.
    expect(found.normalHessianEigenvalues).toHaveLength(expected.normalHessianEigenvalues.length - 1);
    expect(Math.max(...found.normalHessianEigenvalues)).toBeCloseTo(Math.max(...expected.normalHessianEigenvalues), 9);
  });

  it('is refused where noise moves that part', () => {
    const synapticNoise = { variance: 1e-4, scaling: 'sqrt', layers: 'all', symmetric: false } as const;
    expect(() => predictByRule(lazy, { ...model, synapticNoise }, stimuli)).toThrow(
      'synaptic noise moves the antisymmetric part of M, which similarityMatching never restores',
    );
  });
});
