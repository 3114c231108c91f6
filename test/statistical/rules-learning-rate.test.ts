// How far simulations of other learning rules are off the leading order, beside the estimate that is printed with it.
import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/experiment/index.js';
import { inDirectory } from '../support/directory.js';
import { meanderJson } from '../support/meander.js';
import { ruleCases, ruleExperiment } from '../support/rule-cases.js';

describe('the estimated error of the leading order of other learning rules', () => {
  // D of the deep networks is 20 to 30% off.
  it.each([
    ['oja-2-of-4', 0],
    ['sm-2-of-4-fast-lateral', 0],
    ['deep-2', 0.1],
    ['deep-3', 0.2],
  ])('is more than half of what simulations of %s are off', async (name, least) => {
    const found = ruleCases.find((item) => item.name === name) ?? ruleCases[0];
    const simulation = { seed: 3, targetError: 0.06 };
    const files = { 'case.json': ruleExperiment(found, { learningRate: 0.02 }, { simulation }) };
    await inDirectory(files, async (directory) => {
      const [{ probes }] = (await meanderJson<RunReport>(['run', 'case.json'], directory)).points;
      expect(probes).toHaveLength(3);
      for (const { learningRateError, ratio } of probes) {
        for (const quantity of ['squaredNorm', 'fluctuation', 'diffusion', 'halfLife'] as const) {
          const { value, se } = ratio[quantity] ?? { value: 1, se: 0 };
          const error = learningRateError?.[quantity] ?? NaN;
          expect(Math.abs(value - 1), quantity).toBeLessThan(2 * error + 3 * se);
        }
        const { value = NaN, se = NaN } = ratio.diffusion ?? {};
        expect(se).toBeLessThan(0.1);
        expect(Math.abs(value - 1)).toBeGreaterThan(least - 3 * se);
        expect(learningRateError?.diffusion).toBeGreaterThan(least);
        expect(learningRateError?.diffusion).toBeLessThan(0.5);
      }
    });
  });
});
