import { describe, expect, it } from 'vitest';
import type { TheoryReport } from '../../src/experiment/index.js';
import { inDirectory } from '../support/directory.js';
import { meander } from '../support/meander.js';
import { ruleCases, ruleExperiment, ruleExperiments } from '../support/rule-cases.js';

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

describe('meander theory agrees with a second independent program in every number of every layer', () => {
  it.each(ruleExperiments)('$name', async ({ model, probes, expected }) => {
    await inDirectory({ 'case.json': JSON.stringify({ model, probes }) }, async (directory) => {
      const { code, stdout, stderr } = await meander(['theory', 'case.json', '--json'], directory);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const [point] = (JSON.parse(stdout) as TheoryReport).points;
      const close = (found: number, wanted: number, size: number): void => {
        expect(Math.abs(found - wanted)).toBeLessThanOrEqual(1e-6 * size);
      };
      point.normalHessianEigenvalues.forEach((rate, i) => {
        close(rate, expected.relaxationRates[i], rate);
      });
      const largest = Math.max(...expected.probes.flat().map(({ diffusion }) => diffusion));
      expected.probes.forEach((layers, k) => {
        const probe = point.probes[k];
        expect(probe.layers?.length ?? 1).toBe(layers.length);
        layers.forEach((wanted, layer) => {
          const { squaredNorm, fluctuation, diffusion, directedSpeed, sources } = probe.layers?.[layer] ?? probe;
          close(squaredNorm, wanted.squaredNorm, wanted.squaredNorm);
          close(fluctuation, wanted.fluctuation, wanted.fluctuation);
          close(diffusion, wanted.diffusion, wanted.diffusion);
          close(sources.learning, wanted.sources.learning, wanted.sources.learning + 1e-6 * largest);
          close(sources.synaptic, wanted.sources.synaptic, wanted.sources.synaptic);
          // Where symmetry forbids it, both programs are left with rounding.
          close(directedSpeed, wanted.directedSpeed, wanted.directedSpeed + 1e-9);
        });
      });
    });
  });
});
