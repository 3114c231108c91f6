import { expect, it } from 'vitest';
import { TheoryDomainError } from '#core';
import { diagonal, identity, type Matrix } from '#linalg';
import { gaussianPart, inputDistribution, type Model } from '#model';
import { assertConverged, assertFound } from './domain.js';
import { predict } from './index.js';

const autoencoder = (covariance: Matrix, changes: Partial<Model> = {}): Model => ({
  hiddenUnits: 8,
  target: identity(2),
  input: inputDistribution(2, [gaussianPart(1, covariance)], []),
  learningRate: 0.01,
  weightDecay: 0.1,
  labelNoiseVariance: 0.2,
  batchSize: 1,
  ...changes,
});

it.each<[string, Partial<Model>, Matrix, RegExp]>([
  ['no weight decay', { weightDecay: 0 }, diagonal([1, 2]), /weightDecay 0/],
  ['no learning to speak of', { learningRate: 5e-324 }, diagonal([1, 2]), /learning rate of 5e-324 is too small/],
  ['nothing represented', { weightDecay: 2.5 }, diagonal([1, 2]), /weightDecay 2\.5 .*below 2/],
  ['a cut between equal modes', { hiddenUnits: 1 }, diagonal([1, 1]), /1 hidden units cut .*reduce the loss equally/],
  ['a mode at the threshold', { weightDecay: 1 }, diagonal([1, 2]), /strength 1\.0+ .*weightDecay 1,/],
  ['an unstable step', { learningRate: 0.6 }, diagonal([1, 2]), /learningRate 0\.6 .*below 0\.1653/],
])('predict throws TheoryDomainError for %s and names the number', (_, changes, covariance, message) => {
  const model = autoencoder(covariance, changes);
  expect(() => predict(model, [[1, 0]])).toThrow(TheoryDomainError);
  expect(() => predict(model, [[1, 0]])).toThrow(message);
});

it('a numerical minimum must exist and leave no residual correlation above the weight decay', () => {
  const model = autoencoder(identity(2));
  expect(() => {
    assertFound(null, 3);
  }).toThrow(/no minimum .* 3 hidden units/);
  expect(() => {
    assertFound({}, 3);
  }).not.toThrow();
  expect(() => {
    assertConverged(model, 0.1001);
  }).toThrow(/residual correlation is 0\.1001.*above weightDecay 0\.1;/);
  expect(() => {
    assertConverged(model, 0.1);
  }).not.toThrow();
});
