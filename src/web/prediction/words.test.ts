import { expect, it } from 'vitest';
import { inWordsOfPage } from './words.js';

it.each([
  [
    'model.learningRate: learningRate 0.1 is beyond stability: give a learningRate below 0.09117',
    'The learning rate 0.1 is beyond stability: give a learning rate below 0.09117',
  ],
  ['model.learningRate: found 2, expected at most 1', 'Learning rate: found 2, expected at most 1'],
  ['simulation.replicas: found 1, expected at least 2', 'Replicas: found 1, expected at least 2'],
  ['model.input[0].covariance: found 1 number', 'model.input[0].covariance: found 1 number'],
  ['sweep.model.weightDecay: found -1', 'sweep.model.weightDecay: found -1'],
  ['rows.csv: is not among the files', 'rows.csv: is not among the files'],
])('the page says "%s" as "%s"', (message, said) => {
  expect(inWordsOfPage(message)).toBe(said);
});
