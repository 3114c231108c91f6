import { beforeAll, describe, expect, it } from 'vitest';
import { createKernelSteppers } from '#kernel';
import { loadKernel } from '#kernel/node';
import { createReferenceStepper, type CreateStepper } from '#model';
import { integerColumns, resultRows } from '../columns.js';
import { readExperiment } from '../file/read.js';
import { prepare, type PreparedPoint } from '../prepare.js';
import { reportResults } from '../run.js';
import { reflectionNote } from './reflections.js';
import { runSlices } from './cooperative-task.js';
import { runTask } from './run.js';
import { sliceTask, taskTemplate } from './split.js';
import type { Task } from './task.js';

// A learning rate at which about one network in a thousand loses its second mode for a moment, in 60,000 steps.
const text = `
model:
  rule: oja
  outputs: 2
  input: [{ kind: gaussian, covariance: [1.3, 0.8, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3] }]
  learningRate: 0.05
probes: [[1, 0, 0, 0, 0, 0, 0, 0], [0, 1, 0, 0, 0, 0, 0, 0]]
simulation: { replicas: 1440, seed: 1, start: { random: 0.3 }, burnIn: 3000, duration: 2304 }
sweep: { model.rule: [oja, sanger, similarityMatching, maskedSimilarityMatching] }
`;
/** One that does so between steps 3960 and 4056, and the one before it. */
const REPLICA = 750;

let oja: PreparedPoint;
let point: PreparedPoint;
let task: Task;
beforeAll(async () => {
  [oja, , point] = prepare(await readExperiment(text));
  task = sliceTask(taskTemplate(point.point, point.plan, false), REPLICA - 1, 2);
});

const kernel = createKernelSteppers(await loadKernel(), 'f64');
const steppers: [string, CreateStepper][] = [
  ['reference', createReferenceStepper],
  ['kernel', kernel],
];

describe.each(steppers)('a mode that dies out and comes back with the opposite sign (%s)', (_, create) => {
  it('is counted where it happens, and stops no run', () => {
    const { summaries } = runSlices(runTask(task, create));
    expect(summaries.map(({ samples, reflections }) => [samples, reflections])).toEqual([
      [25, undefined],
      [25, 1],
    ]);
    expect(summaries[1].square.every(Number.isFinite)).toBe(true);
    expect(summaries[1].square[0]).toBeLessThan(10 * summaries[0].square[0]);
  });
});

it('is told in the report, in a note, and in a column of tables that other runs have not', async () => {
  const results = [runSlices(runTask(task, kernel))];
  const { report } = await reportResults('', [point], () => Promise.resolve(results));
  const { reflections, ...without } = report.points[0];
  expect(reflections).toEqual({ increments: 1, replicas: 1 });
  expect(resultRows(0, report.points[0]).map((row) => row.reflections)).toEqual([1, 1]);
  expect(integerColumns(['reflections'])).toEqual(new Set(['reflections']));
  expect(resultRows(0, without).filter((row) => 'reflections' in row)).toEqual([]);
  expect(reflectionNote(report.points)).toBe(
    'in 1 of 48 increments, of 1 of 2 replicas, a mode died out and came back with the opposite sign; ' +
      'what is measured of them is the rotation of the other modes',
  );
  const { summaries, ...rest } = results[0];
  const other = await reportResults('', [point], () =>
    Promise.resolve([{ ...rest, summaries: [summaries[0], summaries[0]] }]),
  );
  expect(other.report.points[0]).not.toHaveProperty('reflections');
  expect(reflectionNote(other.report.points)).toBeNull();
});

it('an error about a replica names it and the step', () => {
  const own = sliceTask(taskTemplate(oja.point, oja.plan, false), 701, 2);
  const far = { ...own, model: { ...own.model, learningRate: 3 } };
  expect(() => runSlices(runTask(far, kernel))).toThrow(
    /^replica 701 \(from 0\), after 3000 steps: the simulation diverged; give a smaller learningRate$/,
  );
});
