import { expect, test } from 'vitest';
import { resultColumns, resultRows } from './columns.js';
import { modelParameters } from './parameters.js';
import { readExperiment } from './file/read.js';
import { prepare } from './prepare.js';
import { snapshotPoint, snapshotRows } from './point-snapshot.js';
import { runExperiment } from './run.js';
import { sliceTask } from './tasks/split.js';
import { runHere } from '../../test/support/run-here.js';

const text = `
model: { hiddenUnits: 2, input: [{ kind: gaussian, covariance: [1.2, 1] }], learningRate: 0.02, weightDecay: 0.2 }
probes: [[1, 0], [0, 0]]
simulation: { replicas: 4, lag: 10, burnIn: 20, duration: 60 }
`;

test('the rows of a run have the columns of the reference, in their order', async () => {
  const experiment = await readExperiment(text);
  const { report } = await runExperiment('columns', prepare(experiment), runHere);
  const rows = resultRows(0, report.points[0]);
  expect(rows).toHaveLength(2);
  for (const row of rows) {
    expect(Object.keys(row)).toEqual(resultColumns(modelParameters).map(({ name }) => name));
  }
});

test('cells hold the numbers of the report, and nothing where a probe is not represented', async () => {
  const experiment = await readExperiment(text);
  const { report } = await runExperiment('columns', prepare(experiment), runHere);
  const [present, absent] = resultRows(0, report.points[0]);
  const [probe] = report.points[0].probes;
  expect(present).toMatchObject({
    probe: 1,
    learningRate: 0.02,
    diffusionTheory: probe.diffusion,
    diffusionSimulation: probe.simulation.diffusion.value,
    diffusionSimulationStandardError: probe.simulation.diffusion.se,
    relativeDiffusionTheory: probe.diffusion / probe.squaredNorm,
    fluctuationRatio: probe.simulation.fluctuation.value / probe.fluctuation,
  });
  expect(absent).toMatchObject({ probe: 2, relativeDiffusionTheory: null, relativeDiffusionSimulation: null });
});

test('an input that no mode has is no code that turns: it has D and F, but neither D/|h|^2 nor a half-life', async () => {
  const unlearned = text.replace('covariance: [1.2, 1]', 'covariance: [1.2, 1, 0.1]').replace(/probes:.*/, '');
  const { report } = await runExperiment('columns', prepare(await readExperiment(unlearned)), runHere);
  const [learned, , absent] = resultRows(0, report.points[0]);
  expect(typeof learned.relativeDiffusionSimulation).toBe('number');
  expect(absent).toMatchObject({
    probe: 3,
    squaredNormTheory: 0,
    relativeDiffusionSimulation: null,
    halfLifeSimulation: null,
  });
  expect(absent.fluctuationSimulation).toBeGreaterThan(0);
  expect(typeof absent.diffusionSimulation).toBe('number');
});

test('a point that was stored before a quantity was known has no prediction of it, but its measurement', async () => {
  const [prepared] = prepare(await readExperiment(text));
  const { theory, ...point } = snapshotPoint(prepared);
  const older = theory.probes.map(
    (probe) => Object.fromEntries(Object.entries(probe).filter(([name]) => name !== 'halfLife')) as typeof probe,
  );
  const [result] = await runHere([sliceTask(point, 0, prepared.plan.replicas)]);
  const rows = snapshotRows(0, { ...point, theory: { ...theory, probes: older } }, result?.summaries ?? []);
  expect(rows[0]).toMatchObject({ halfLifeTheory: null, halfLifeRatio: null });
  expect(typeof rows[0].halfLifeSimulation).toBe('number');
  expect(typeof rows[0].diffusionRatio).toBe('number');
});
