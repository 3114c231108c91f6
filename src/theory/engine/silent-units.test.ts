import { describe, expect, it } from 'vitest';
import { diagonal, fromRows, identity } from '#linalg';
import {
  deepLinear,
  gaussianPart,
  inputDistribution,
  type DeepLinearModel,
  type RuleDefinition,
  type SynapticNoise,
} from '#model';
import type { Prediction } from '../predict.js';
import { predictByRule } from './prediction.js';

const noise: SynapticNoise = { variance: 1e-4, scaling: 'sqrt', layers: 'all', symmetric: true };
const gaussian = inputDistribution(2, [gaussianPart(1, diagonal([1.3, 0.9]))], []);
const dictionary = inputDistribution(
  2,
  [],
  [
    { probability: 0.3, stimulus: [1.4, 0.3] },
    { probability: 0.4, stimulus: [-0.2, 1.3] },
    { probability: 0.3, stimulus: [-1.1, -1] },
  ],
);

const model = (hiddenLayers: readonly number[], changes: Partial<DeepLinearModel> = {}): DeepLinearModel => ({
  ...{ rule: 'deepLinear', hiddenLayers, target: identity(2), input: gaussian, learningRate: 0.01 },
  ...{ weightDecay: 0.06, labelNoiseVariance: 0.05, batchSize: 2, synapticNoise: noise },
  ...changes,
});

const stimuli = [
  [1, 0],
  [0.4, -0.7],
];

/** Every number of a prediction by its name, but for the frame of a simulation: directions of eigenvectors, and duals. */
function numbersOf(prediction: Prediction): Map<string, number> {
  const found = new Map<string, number>();
  const visit = (name: string, value: unknown): void => {
    if (typeof value === 'number') found.set(name, value);
    else if (value instanceof Float64Array || Array.isArray(value)) {
      value.forEach((item: unknown, i) => {
        visit(`${name}.${i}`, item);
      });
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) visit(`${name}.${key}`, item);
    }
  };
  const { planes, velocity, diffusion } = prediction.drift;
  const drift = { planes, velocity, K: diffusion.dense().data };
  visit('', { ...prediction, rotationDiffusionDirections: null, duals: null, drift });
  return found;
}

/** Numbers that depend on the point of the orbit at which a fixed point is found: a task with axes of its own leads to any. */
const ofFrame = /driftDirection|learningRateError|representation|referencePoint|fluctuationAlong|velocity|K\./;

describe('the theory of layers with silent units', () => {
  it.each<[string, DeepLinearModel, RegExp?]>([
    ['two of them', model([4])],
    [
      'three, linear noise of one array',
      model([5], { synapticNoise: { ...noise, scaling: 'linear', layers: ['W1'] } }),
    ],
    ['two in each of two layers, measured in the second', { ...model([4, 4], { weightDecay: 0.04 }), layer: 2 }],
    [
      'two, with directed drift',
      model([4], {
        input: dictionary,
        target: fromRows([
          [1.2, 0.3],
          [-0.1, 0.9],
        ]),
      }),
      ofFrame,
    ],
  ])('is that of all units one by one: %s', (_, own, free = /driftDirection/) => {
    const oneByOne = { ...deepLinear, withUnits: undefined } as unknown as RuleDefinition<DeepLinearModel>;
    const found = numbersOf(predictByRule(deepLinear, own, stimuli));
    const direct = numbersOf(predictByRule(oneByOne, own, stimuli));
    expect([...found.keys()]).toEqual([...direct.keys()]);
    for (const [name, expected] of direct) {
      if (free.test(name)) continue;
      const tiny = name.includes('K.')
        ? 1e-20
        : name.includes('irectedSpeed') || name.includes('velocity')
          ? 1e-14
          : 1e-13;
      expect(
        Math.abs((found.get(name) ?? NaN) - expected),
        `${name}: ${found.get(name)}, ${expected}`,
      ).toBeLessThanOrEqual(1e-9 * Math.abs(expected) + tiny);
    }
  });

  it('is linear in their number, for a thousand as for three', () => {
    const sources = (units: number) => predictByRule(deepLinear, model([units]), stimuli).probes[0];
    const [three, four, many] = [5, 6, 1002].map(sources);
    expect(many.sources.learning / three.sources.learning).toBeCloseTo(1, 12);
    const each = four.sources.synaptic - three.sources.synaptic;
    expect(many.sources.synaptic / (three.sources.synaptic + 997 * each)).toBeCloseTo(1, 12);
    expect(many.fluctuation / (three.fluctuation + 997 * (four.fluctuation - three.fluctuation))).toBeCloseTo(1, 12);
    expect(many.halfLife).toBeLessThan((three.halfLife ?? 0) / 100);
  });
});
