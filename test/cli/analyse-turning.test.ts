import { expect, it } from 'vitest';
import type { AnalysisReport } from '#analyse';
import { inDirectory } from '../support/directory.js';
import { meanderJson, meanderOutput } from '../support/meander.js';

const experiment = `
model: { hiddenUnits: 4, input: [{ kind: gaussian, covariance: [1.3, 1.1, 0.9, 0.7] }], learningRate: 0.03, weightDecay: 0.1 }
probes: [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]
simulation: { replicas: 12, trajectorySamples: 15, seed: 3 }
`;

it('networks turn in their planes as their rotation tensor says, within the intervals', () =>
  inDirectory(
    {
      'turning.yaml': experiment,
      'faster.yaml': experiment.replace('0.03', '0.06'),
      'narrow.yaml': experiment.replace('[1.3, 1.1, 0.9, 0.7]', '[1.3, 0.05, 0.05, 0.05]'),
    },
    async (directory) => {
      await meanderOutput(['run', 'turning.yaml', '--out', 'run'], directory);
      const analysed = (model: string): Promise<AnalysisReport> =>
        meanderJson(['analyse', 'run', '--model', model, '--json'], directory);
      const { animals, model } = await analysed('turning.yaml');
      const ratios: number[] = [];
      let inside = 0;
      animals.forEach(({ turning: { rate, planes }, name }, k) => {
        const predicted = model?.turning[k];
        expect(predicted).toMatchObject({ animal: name, statement: null });
        expect(predicted?.planes.map(({ dimensions }) => dimensions)).toEqual(
          planes.map(({ dimensions }) => dimensions),
        );
        ratios.push((rate.value ?? NaN) / (predicted?.rate ?? NaN));
        const [low, high] = rate.interval95 ?? [NaN, NaN];
        if (predicted && low <= (predicted.rate ?? NaN) && (predicted.rate ?? NaN) <= high) inside++;
      });
      const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / 12;
      const error = Math.sqrt(ratios.reduce((sum, ratio) => sum + (ratio - mean) ** 2, 0) / 11 / 12);
      expect(error).toBeLessThan(0.15);
      expect(Math.abs(mean - 1)).toBeLessThan(3 * error);
      expect(inside).toBeGreaterThanOrEqual(10);
      // D grows with the cube of the learning rate: another model is told from this one.
      const faster = (await analysed('faster.yaml')).model?.turning[0].rate ?? NaN;
      expect(faster / (model?.turning[0].rate ?? NaN)).toBeGreaterThan(4);
      // A model that represents one direction has no plane to compare.
      const narrow = (await analysed('narrow.yaml')).model?.turning[0];
      expect(narrow).toMatchObject({ rate: null, statement: 'the model has no planes in which its code turns' });
    },
  ));
