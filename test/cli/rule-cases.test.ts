import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TheoryReport } from '../../src/experiment/index.js';
import { inDirectory } from '../support/directory.js';
import { meander, root } from '../support/meander.js';

interface RuleCase {
  readonly name: string;
  readonly rule: string;
  readonly outputs?: number;
  readonly tau?: number;
  readonly layers?: number;
  readonly target?: number[];
  readonly weightDecay?: number;
  readonly covariance: number[];
  readonly expected: {
    readonly relaxationRates: number[];
    readonly probes: {
      readonly stimulus: number[];
      readonly layer?: number;
      readonly squaredNorm: number;
      readonly diffusionPerEta3: number;
      readonly synapticDiffusionPerEtaSigma2: number;
    }[];
  };
}

/** Numbers made by a program that shares no code with this one. */
const cases = JSON.parse(readFileSync(join(root, 'test/fixtures/rule-cases.json'), 'utf8')) as RuleCase[];

const ETA = 0.01;
const VARIANCE = 1e-4;

function experimentOf({ rule, outputs, tau, layers, target, weightDecay, covariance, expected }: RuleCase): string {
  const model = {
    ...{ rule, outputs, tau, weightDecay, learningRate: ETA, input: [{ kind: 'gaussian', covariance }] },
    ...(layers && { hiddenLayers: Array<number>(layers - 1).fill(covariance.length) }),
    ...(target && { target: target.map((value, i) => target.map((_, j) => (i === j ? value : 0))) }),
    synapticNoise: { variance: VARIANCE, scaling: 'sqrt', layers: 'all', symmetric: true },
  };
  const probes = expected.probes.filter(({ layer = 1 }) => layer === 1).map(({ stimulus }) => stimulus);
  return JSON.stringify({ model, probes });
}

describe('meander theory of other learning rules agrees with an independent program', () => {
  it.each(cases)('$name', async (reference) => {
    await inDirectory({ 'case.json': experimentOf(reference) }, async (directory) => {
      const { code, stdout, stderr } = await meander(['theory', 'case.json', '--json'], directory);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const [point] = (JSON.parse(stdout) as TheoryReport).points;
      const close = (found: number, expected: number): void => {
        expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-6 * expected + 1e-15);
      };
      const { relaxationRates, probes } = reference.expected;
      point.normalHessianEigenvalues.forEach((rate, i) => {
        close(rate, relaxationRates[i]);
      });
      const stimuli = point.probes.map(({ stimulus }) => JSON.stringify(stimulus));
      for (const { stimulus, layer = 1, ...expected } of probes) {
        const probe = point.probes[stimuli.indexOf(JSON.stringify(stimulus))];
        const own = probe.layers?.[layer - 1] ?? probe;
        close(own.squaredNorm, expected.squaredNorm);
        close(own.sources.learning / ETA ** 3, expected.diffusionPerEta3);
        close(own.sources.synaptic / (ETA * VARIANCE), expected.synapticDiffusionPerEtaSigma2);
        close(own.diffusion, own.sources.learning + own.sources.synaptic);
      }
      if (probes.some(({ layer = 1 }) => layer > 1)) expect(point.probes[0].layers?.length).toBeGreaterThan(1);
    });
  });
});
