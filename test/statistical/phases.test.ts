// Self-correlations across phases whose axes turn, simulation against theory.
import { prepare, readExperiment, runExperiment, type ComparedCorrelation } from '#experiment';
import { expect, it } from 'vitest';
import { runHere } from '../support/run-here.js';

const text = `
model:
  hiddenUnits: 6
  input: [{ kind: gaussian, covariance: [1.3, 0.9, 0.6] }]
  learningRate: 0.001
  weightDecay: 0.15
simulation: { replicas: 16, seed: 1, targetError: 0.5 }
phases:
  - { name: as it is, steps: 20000 }
  - { name: turned, steps: 60000, target: [[0.5, -0.866, 0], [0.866, 0.5, 0], [0, 0, 1]] }
  - { name: mixed, steps: 60000, target: [[-0.5, -0.866, 0], [0.866, -0.5, 0.3], [0, -0.5, 1]] }
  - { name: far, steps: 60000, target: [[-1, 0.8, 0], [0, -1, 0.8], [0.8, 0, 1]] }
`;

// |z| of at most 4.5, 30 numbers of 4 phases; the standard errors are such that codes which were carried over to the nearest point
// of the new manifold, without the turn that the mean flow makes, would be off by 10 of them.
it('codes follow the mean flow from one manifold to the next', async () => {
  const { report } = await runExperiment('phases', prepare(await readExperiment(text)), runHere);
  const ends = report.points.flatMap(({ phase }) => phase?.toEnd.flatMap(({ probes }) => [...probes]) ?? []);
  expect(ends).toHaveLength(3 * (1 + 2 + 3 + 4));
  const z = ({ theory, simulation }: ComparedCorrelation): number =>
    ((simulation?.value ?? NaN) - (theory ?? NaN)) / (simulation?.se ?? NaN);
  expect(ends.filter((end) => !(Math.abs(z(end)) <= 4.5))).toEqual([]);
  const [first, second] = report.points[3].phase?.toEnd[0].probes ?? [];
  expect(first.theory).toBeCloseTo(-0.021, 3);
  expect(Math.max(first.simulation?.se ?? 1, second.simulation?.se ?? 1)).toBeLessThan(0.002);
});
