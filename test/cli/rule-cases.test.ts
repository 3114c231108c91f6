import { describe, expect, it } from 'vitest';
import type { TheoryReport } from '../../src/experiment/index.js';
import { inDirectory } from '../support/directory.js';
import { meander } from '../support/meander.js';
import { ruleCases, ruleExperiment } from '../support/rule-cases.js';

const ETA = 0.01;
const VARIANCE = 1e-4;

describe('meander theory of other learning rules agrees with an independent program', () => {
  it.each(ruleCases)('$name', async (reference) => {
    const synapticNoise = { variance: VARIANCE, scaling: 'sqrt', layers: 'all', symmetric: true };
    const text = ruleExperiment(reference, { learningRate: ETA, synapticNoise });
    await inDirectory({ 'case.json': text }, async (directory) => {
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
