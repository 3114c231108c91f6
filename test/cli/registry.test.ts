// A quantity that is added to the registry is in every table, without a change anywhere else.
import { describe, expect, it } from 'vitest';
import { quantities, quantityNames, type Quantity, type QuantityName } from '../../src/experiment/quantities.js';
import { runHere } from '../support/run-here.js';

const added: Quantity = {
  ...quantities.diffusion,
  symbol: 'X²',
  name: 'added quantity',
  shown: { tables: true, charts: true },
};
// Before anything is imported that makes its tables from the registry.
Object.assign(quantities, { added });
quantityNames.push('added' as QuantityName);

const {
  coursesOf,
  liveTask,
  parametersOf,
  prepare,
  readExperiment,
  reportRows,
  resultColumns,
  runExperiment,
  shownQuantities,
  sliceTask,
  snapshotPoint,
  theoryReport,
} = await import('#experiment');
const { estimate } = await import('#measure');
const { csv } = await import('#store');
const { runTable } = await import('../../src/cli/tables/run.js');
const { theoryTable } = await import('../../src/cli/tables/theory.js');
const { arraysOf } = await import('../../src/web/export/arrays.js');
const { csvOf } = await import('../../src/web/export/csv.js');
const { rowsOfPage } = await import('../../src/web/export/rows.js');
const { resultHeads } = await import('../../src/web/saved-runs/run-view.js');
const { current } = await import('../../docs/tools/experiment-reference.js');

const columns = [
  'addedTheory',
  'addedSimulation',
  'addedSimulationStandardError',
  'addedRatio',
  'addedRatioStandardError',
  'addedTheoryStandardError',
];

const text = `
model: { hiddenUnits: 2, input: [{ kind: gaussian, covariance: [1.2, 1] }], learningRate: 0.02, weightDecay: 0.2 }
simulation: { replicas: 4, lag: 10, burnIn: 20, duration: 60 }
`;
const experiment = await readExperiment(text);
const [prepared] = prepare(experiment);
const { report } = await runExperiment('added', [prepared], runHere);

describe('an added quantity', () => {
  it('has its columns in the table of results and in its CSV', () => {
    expect(resultColumns([]).map(({ name }) => name)).toEqual(expect.arrayContaining(columns));
    expect(csv(reportRows(report)).split('\n')[0].split(',')).toEqual(expect.arrayContaining(columns));
  });

  it('is in the tables of run and theory', () => {
    expect(runTable(report)).toContain('X^2');
    expect(theoryTable(theoryReport(experiment), false)).toContain('X^2 per step');
  });

  it('is where the registry shows it: in tables of show, serve and the page', () => {
    expect(shownQuantities('tables')).toContain('added');
    expect(shownQuantities('charts')).toContain('added');
    expect(resultHeads).toEqual(expect.arrayContaining(['X² theory', 'X² simulation']));
  });

  it('is in the CSV and the NPZ of the page', async () => {
    const { prediction, plan, point } = prepared;
    const [result] = await runHere([sliceTask(snapshotPoint(prepared), 0, plan.replicas)]);
    const estimates = estimate(plan.measurement, result?.summaries ?? []);
    const { steps } = estimates.courses;
    const page = {
      name: experiment.name,
      task: liveTask(prepared),
      parameters: parametersOf(point),
      theory: snapshotPoint(prepared).theory,
      probes: prediction.probes,
      singularValues: [],
      loss: prediction.loss,
      similarity: prediction.probes.map(() => prediction.probes.map(() => 0)),
      steps,
      courses: coursesOf(prediction, steps),
      lossError: null,
      relaxationTime: plan.lag,
      motion: null,
      turning: { steps: [], selfCorrelation: [], learningRateError: [] },
    };
    expect(csvOf(rowsOfPage(page, estimates)).split('\n')[0].split(',')).toEqual(expect.arrayContaining(columns));
    const from = { software: '', link: '', experiment: '' };
    expect(Object.keys(arraysOf(page, estimates, { trail: [], trailSteps: [] }, from))).toEqual(
      expect.arrayContaining(columns),
    );
  });

  it('is in the reference of the output', async () => {
    expect(await current('docs/output.md')).toContain('| `addedTheory`');
  });
});
