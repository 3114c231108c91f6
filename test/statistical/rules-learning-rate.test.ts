// How far simulations of other learning rules are off the leading order, beside the estimate that is printed with it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/experiment/index.js';
import { inDirectory } from '../support/directory.js';
import { meanderJson, root } from '../support/meander.js';

interface RuleCase {
  readonly name: string;
  readonly rule: string;
  readonly outputs?: number;
  readonly tau?: number;
  readonly layers?: number;
  readonly target?: number[];
  readonly weightDecay?: number;
  readonly covariance: number[];
  readonly expected: { readonly probes: { readonly stimulus: number[]; readonly layer?: number }[] };
}

const cases = JSON.parse(readFileSync(join(root, 'test/fixtures/rule-cases.json'), 'utf8')) as RuleCase[];

function experimentOf({ rule, outputs, tau, layers, target, weightDecay, covariance, expected }: RuleCase): string {
  const model = {
    ...{ rule, outputs, tau, weightDecay, learningRate: 0.02, input: [{ kind: 'gaussian', covariance }] },
    ...(layers && { hiddenLayers: Array<number>(layers - 1).fill(covariance.length) }),
    ...(target && { target: target.map((value, i) => target.map((_, j) => (i === j ? value : 0))) }),
  };
  const probes = expected.probes.filter(({ layer = 1 }) => layer === 1).map(({ stimulus }) => stimulus);
  return JSON.stringify({ model, probes, simulation: { seed: 3, targetError: 0.06 } });
}

describe('the estimated error of the leading order of other learning rules', () => {
  // D of the deep networks is 20 to 30% off.
  it.each([
    ['oja-2-of-4', 0],
    ['sm-2-of-4-fast-lateral', 0],
    ['deep-2', 0.1],
    ['deep-3', 0.2],
  ])('is more than half of what simulations of %s are off', async (name, least) => {
    const files = { 'case.json': experimentOf(cases.find((item) => item.name === name) ?? cases[0]) };
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
