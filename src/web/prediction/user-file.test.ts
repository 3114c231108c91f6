import { describe, expect, it } from 'vitest';
import { experimentOfFile } from './user-file.js';

describe('a point of a sweep', () => {
  it('has the value that a spaced sweep gives it, as a sweep of that value', async () => {
    const text = `model: { hiddenUnits: 4, input: [{ kind: gaussian, covariance: [1, 0.8] }], learningRate: 0.01, weightDecay: 0.1 }
sweep: { model.weightDecay: { logspace: [0.01, 0.04, 3] } }`;
    const file = { name: 'a.yaml', bytes: new TextEncoder().encode(text) };
    const { experiment, points } = await experimentOfFile(file, [], 1);
    expect(points).toBe(3);
    expect(experiment).toMatchObject({ model: { weightDecay: 0.02 }, sweep: { 'model.weightDecay': [0.02] } });
  });
});
