// The self-correlation that the simulation measures, E cos(h(0), h(t)), against the one that the theory predicts, at times when only
// the fluctuation has decorrelated: what is missing to 1 is the part of F across the code.
import { describe, expect, it } from 'vitest';
import type { RunReport, TheoryReport } from '../../src/experiment/index.js';
import { inDirectory } from '../support/directory.js';
import { meanderJson } from '../support/meander.js';

const experiment = (input: string, rest: string): string => `name: fluctuation
model: {hiddenUnits: 3, input: ${input}, learningRate: 0.004, weightDecay: 0.2, ${rest}}
probes: [[1, 0, 0], [0, 0, 1], [1, -1, 0.5]]
simulation: {replicas: 6000, seed: 5, lag: 3000, duration: 9000}
`;
const stimuli = `[{kind: dictionary, stimuli: [[1.4, 0.2, -0.3], [-0.5, 1.3, 0.4], [0.3, -0.7, 1.2], [-0.9, 0.1, -0.6]],
  probabilities: [0.3, 0.3, 0.2, 0.2]}]`;

describe('the self-correlation at short times', () => {
  it.each([
    ['Gaussian input', '[{kind: gaussian, covariance: [1.3, 1, 0.8]}]', 'labelNoiseVariance: 0.3'],
    ['a dictionary', stimuli, 'labelNoiseVariance: 0.2, batchSize: 2'],
  ])('of %s is what the fluctuation across the codes leaves', async (_, input, rest) => {
    await inDirectory({ 'file.yaml': experiment(input, rest) }, async (directory) => {
      const { points } = await meanderJson<RunReport>(['run', 'file.yaml', '--order', 'next'], directory);
      const [{ courses, probes }] = points;
      let withAll = 0;
      probes.forEach(({ nextOrder }, k) => {
        const { value = NaN, se = NaN } = courses.selfCorrelation[1][k] ?? {};
        const predicted = courses.theory.selfCorrelation[1][k] ?? NaN;
        expect(se).toBeLessThan(0.03 * (1 - predicted));
        expect(Math.abs(value - predicted)).toBeLessThan(4 * se);
        const { squaredNorm = NaN, fluctuation = NaN } = nextOrder ?? {};
        const { projectedSquaredDisplacement: moved } = courses.theory;
        const all = (squaredNorm - moved[1][k] / 2) / (squaredNorm + fluctuation);
        withAll = Math.max(withAll, Math.abs(value - all) / se);
      });
      // All of F would not do.
      expect(withAll).toBeGreaterThan(8);
    });
  });
});

// At this rate v is 32% faster along its leading order than that says, and its part across is 70% of it.
const dictionary = `name: dictionary
model:
  hiddenUnits: 5
  input:
    - kind: dictionary
      stimuli: [[1.1, 0.3, -0.2, 0.5], [-0.4, 1.2, 0.3, 0.1], [0.2, -0.6, 1.0, 0.4], [-0.9, 0.2, -0.5, 0.8],
        [1.6, 0.9, 0.7, -1.1], [-0.3, -0.8, 0.6, -0.7], [0.5, 0.4, -1.3, -0.2]]
      probabilities: [0.20, 0.08, 0.11, 0.27, 0.06, 0.22, 0.06]
  learningRate: 0.02
  weightDecay: 0.06
  labelNoiseVariance: 0.3
probes: stimuli
simulation: {replicas: 128, seed: 3, duration: 1500000}
`;

describe('the courses of a dictionary with strong label noise', () => {
  it('are within the band of the theory and their errors, until half of the correlation is lost; at leading order they are not', async () => {
    await inDirectory({ 'file.yaml': dictionary }, async (directory) => {
      const [{ courses }] = (await meanderJson<RunReport>(['run', 'file.yaml'], directory)).points;
      const { selfCorrelation: leading } = (
        await meanderJson<TheoryReport>(
          ['theory', 'file.yaml', '--order', 'leading', '--times', courses.steps.join(',')],
          directory,
        )
      ).points[0].courses;
      const last = courses.steps.length - 1;
      let beyond = 0;
      courses.theory.selfCorrelation.forEach((row, i) => {
        if (i === 0) return;
        row.forEach((value, k) => {
          const { value: measured = NaN, se = NaN } = courses.selfCorrelation[i][k] ?? {};
          const band = courses.theory.learningRateError.selfCorrelation[i][k] ?? NaN;
          expect(Math.abs(measured - (value ?? NaN))).toBeLessThan(band + 4 * se);
          expect(band).toBeLessThan(0.15);
          beyond = Math.max(beyond, Math.abs(measured - (leading[i][k] ?? NaN)) / se);
        });
      });
      expect(courses.theory.selfCorrelation[last][0]).toBeLessThan(0.5);
      expect(beyond).toBeGreaterThan(6);
    });
  });
});
