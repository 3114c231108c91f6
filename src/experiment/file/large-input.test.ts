import { npyBytes } from '#core';
import { expect, it } from 'vitest';
import { readExperiment } from '../index.js';

const experiment = (covariance: unknown): object => ({
  model: { hiddenUnits: 3, input: [{ kind: 'gaussian', covariance }], learningRate: 0.01, weightDecay: 0.1 },
});

const count = 20_000;
const row = npyBytes('<f8', [1, count], new Float64Array(count).fill(1));

it.each<[string, unknown]>([
  ['in place', new Float64Array(count).fill(1)],
  ['from a file', { file: 'variances.npy' }],
])('a covariance of 20,000 variances %s is refused before its matrix is made', async (_, covariance) => {
  const read = () => Promise.resolve(row);
  await expect(readExperiment(experiment(covariance), { read })).rejects.toThrow(
    'model.input[0].covariance: found 20000 dimensions, expected at most 4096',
  );
});
