import { expect, it } from 'vitest';
import { nearest } from './suggest.js';

const known = ['hiddenUnits', 'target', 'input', 'learningRate', 'weightDecay', 'labelNoiseVariance', 'batchSize'];

it.each([
  ['learningrate', 'learningRate'],
  ['learning_rate', 'learningRate'],
  ['learnignRate', 'learningRate'],
  ['weight-decay', 'weightDecay'],
  ['decay', 'weightDecay'],
  ['inputs', 'input'],
  ['inptu', 'input'],
  ['labelNoise', 'labelNoiseVariance'],
  ['batch', 'batchSize'],
])('%s is meant to be %s', (word, meant) => {
  expect(nearest(word, known)).toBe(meant);
});

it.each(['gamma', 'eta', 'seed', '', 'p', '__proto__'])('nothing is close to "%s"', (word) => {
  expect(nearest(word, known)).toBeUndefined();
});
