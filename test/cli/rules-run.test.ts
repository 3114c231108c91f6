import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/experiment/index.js';
import { inDirectory } from '../support/directory.js';
import { meanderJson, meanderOutput } from '../support/meander.js';

const run = async (model: object, simulation: object = {}): Promise<RunReport['points'][number]> => {
  const text = JSON.stringify({
    model: { ...model, learningRate: 0.03 },
    simulation: { replicas: 24, targetError: 0.2, ...simulation },
  });
  let point: RunReport['points'][number] | undefined;
  await inDirectory({ 'rule.json': text }, async (directory) => {
    [point] = (await meanderJson<RunReport>(['run', 'rule.json'], directory)).points;
    expect(await meanderOutput(['run', 'rule.json'], directory)).toContain('simulation / theory');
  });
  if (!point) throw new Error('no point');
  return point;
};

const input = [{ kind: 'gaussian', covariance: [1.3, 1, 0.8] }];

describe('meander run of a network with synaptic noise', () => {
  it('tests directed drift over the planes that turn, not those of silent units among themselves', async () => {
    const point = await run({ hiddenUnits: 5, weightDecay: 0.15, input, synapticNoise: { variance: 1e-4 } });
    // Three planes of three learned modes, and three for each of two silent units.
    expect(point.directedVelocityTest?.planes).toBe(9);
    expect(point.directedVelocityTest?.none?.probability).toBeGreaterThan(1e-3);
    for (const { ratio } of point.probes) {
      const { value = NaN, se = NaN } = ratio.diffusion ?? {};
      expect(Math.abs(value - 1)).toBeLessThan(4 * se);
      expect(se).toBeLessThan(0.25);
    }
  });
});
