import { expect, it } from 'vitest';
import { identity, zeros } from '#linalg';
import { gaussianPart, inputDistribution, ruleOf, type Model } from '#model';
import { sliceSteps } from './slices.js';

const modelOf = (n: number, hiddenUnits: number): Model => ({
  ...{ hiddenUnits, target: identity(n), input: inputDistribution(n, [gaussianPart(1, identity(n))], []) },
  ...{ learningRate: 0.01, weightDecay: 0.1, labelNoiseVariance: 0, batchSize: 1 },
});

it('a slice has ten million multiplications, but of large networks twenty steps', () => {
  const small = modelOf(4, 4);
  const state = [zeros(4, 8)];
  expect(sliceSteps(small, 8, state)).toBe(Math.floor(1e7 / (8 * ruleOf(small).stepOperations(small, state))));
  expect(sliceSteps(modelOf(100, 300), 64, [zeros(300, 200)])).toBe(20);
});
