import { expect, it } from 'vitest';
import { oja, type HebbianModel } from '../test/support/hebbian-rules.js';
import {
  createReferenceStepper,
  diagonal,
  gaussianPart,
  inputDistribution,
  planFromPilot,
  registerRule,
  runExperiment,
  runSlices,
  runTask,
} from './index.js';

it('the public entry plans, runs and reports a rule that has no theory, with null for what a theory would say', async () => {
  registerRule(oja);
  const model: HebbianModel = {
    rule: 'ownOja',
    outputs: 2,
    learningRate: 0.02,
    input: inputDistribution(3, [gaussianPart(1, diagonal([1.5, 0.9, 0.3]))], []),
  };
  const probes = [Float64Array.of(1, 0, 0), Float64Array.of(0, 1, 0)];
  const simulation = {
    replicas: 4,
    seed: 1,
    targetError: 0.1,
    burnIn: 100,
    lag: 200,
    duration: 2000,
    trajectorySamples: 0,
    start: 'manifold',
    reduceHiddenUnits: true,
    precision: 'f64',
  } as const;
  const point = { assignments: [], model, probes, simulation };
  const plan = runSlices(planFromPilot(point, createReferenceStepper));
  const { report } = await runExperiment('ownOja', [{ point, prediction: null, next: null, plan }], (tasks) =>
    Promise.resolve(tasks.map((task) => runSlices(runTask(task, createReferenceStepper)))),
  );
  const [record] = report.points;
  expect(report.complete).toBe(true);
  expect(record.parameters).toMatchObject({ rule: 'ownOja', outputs: 2, learningRate: 0.02 });
  expect([record.path, record.relaxationTime, record.loss.theory, record.similarity.theory]).toEqual(
    Array(4).fill(null),
  );
  expect(record.courses.theory).toBeNull();
  expect(record.directedVelocity.map(({ a, b, theory }) => [a, b, theory])).toEqual([[0, 1, null]]);
  for (const [k, probe] of record.probes.entries()) {
    expect(probe.stimulus).toEqual(Array.from(probes[k]));
    expect([probe.diffusion, probe.ratio.diffusion]).toEqual([null, null]);
    expect(Math.abs(probe.simulation.squaredNorm.value - 1)).toBeLessThan(0.1);
  }
});
