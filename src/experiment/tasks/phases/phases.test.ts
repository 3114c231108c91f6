import { beforeAll, describe, expect, it } from 'vitest';
import { CancelledError } from '#core';
import { createKernelSteppers } from '#kernel';
import { loadKernel } from '#kernel/node';
import { cosines } from '#measure';
import { createReferenceStepper, type CreateStepper } from '#model';
import { readExperiment } from '../../file/read.js';
import { prepare } from '../../prepare.js';
import { runSlices } from '../cooperative-task.js';
import { Replicas } from '../replicas.js';
import { runTask } from '../run.js';
import { protocolTemplate, sliceTask, taskTemplate } from '../split.js';
import type { Checkpointer, Task, TaskResult, TaskState } from '../task.js';
import { phaseTask, resultsOfPhase, stepsBefore } from './phase-task.js';

const text = `
model:
  hiddenUnits: 5
  input:
    - { weight: 0.9, kind: gaussian, covariance: [1.3, 1.0] }
    - { weight: rest, kind: point, stimulus: [1, 0] }
  learningRate: 0.02
  weightDecay: 0.1
probes: axes
simulation: { replicas: 3, seed: 5, burnIn: 10, lag: 5 }
phases:
  - { name: exposure, steps: 33 }
  - { name: rest, steps: 60, transient: 20, weights: [0.5, rest], learningRate: 0.01 }
  - { name: again, steps: 41, transient: 15, batchSize: 2 }
`;

const kernel = createKernelSteppers(await loadKernel(), 'f64');
const steppers: [string, CreateStepper][] = [
  ['reference', createReferenceStepper],
  ['kernel', kernel],
];

let task: Task;
beforeAll(async () => {
  const prepared = prepare(await readExperiment(text));
  const templates = prepared.map(({ point, plan }) => taskTemplate(point, plan, true));
  task = sliceTask(protocolTemplate(templates), 0, 3);
});

const finish = (given: Task, create: CreateStepper): TaskResult => runSlices(runTask(given, create));

describe.each(steppers)('a task with phases (%s)', (_, create) => {
  it('makes exactly the steps of its phases after the burn-in, and samples what is left after their transients', () => {
    let steps = 0;
    const whole = runSlices(runTask(task, create), { advanced: (made) => (steps += made), cancelled: () => false });
    expect(steps).toBe(3 * (10 + 33 + 60 + 41));
    expect([0, 1, 2].map((phase) => stepsBefore(task, phase))).toEqual([0, 43, 103]);
    const samples = [whole, ...(whole.later ?? [])].map(({ summaries }) => summaries.map((own) => own.samples));
    expect(samples).toEqual([
      [7, 7, 7],
      [9, 9, 9],
      [6, 6, 6],
    ]);
  });

  it('goes on with the weights of the phase before, under the model of its own, with other random numbers', () => {
    const [first, second] = [0, 1].map((phase) => phaseTask(task, phase));
    const before = new Replicas(first, create);
    runSlices(before.advanceTo(43));
    const results = finish(task, create);
    expect(before.weights()).toEqual(results.weights);
    const after = new Replicas(second, create, null, before.states());
    runSlices(after.advanceTo(60));
    expect(after.weights()).toEqual(results.later?.[0].weights);
    const sameNumbers = new Replicas({ ...second, phase: 0 }, create, null, before.states());
    runSlices(sameNumbers.advanceTo(60));
    expect(sameNumbers.weights()).not.toEqual(after.weights());
  });

  it('correlates representations with those at the first sample and at the ends of earlier phases', () => {
    const replicas = new Replicas(phaseTask(task, 0), create);
    runSlices(replicas.advanceTo(10));
    const start = replicas.representations();
    runSlices(replicas.advanceTo(43));
    const end = replicas.representations();
    const later = new Replicas(phaseTask(task, 1), create, null, replicas.states());
    runSlices(later.advanceTo(20));
    const sampled = later.representations();
    runSlices(later.advanceTo(60));
    const [first, second] = [0, 1].map((phase) => resultsOfPhase([finish(task, create)], phase)[0]?.summaries ?? []);
    const own = (all: Float64Array, i: number) => Array.from(all.subarray(2 * i, 2 * i + 2));
    const between = (a: Float64Array, b: Float64Array) => cosines(a, b, replicas.units);
    for (const i of [0, 1, 2]) {
      expect(Array.from(first[i].boundaryCorrelation ?? [])).toEqual(own(between(start, end), i));
      expect(Array.from(second[i].startCorrelation ?? []).slice(0, 2)).toEqual(own(between(start, sampled), i));
      expect(Array.from(second[i].boundaryCorrelation ?? [])).toEqual([
        ...own(between(start, later.representations()), i),
        ...own(between(end, later.representations()), i),
      ]);
    }
  });

  it('does not depend on how its replicas are divided among tasks', () => {
    const whole = finish(task, create);
    const parts = task.replicas.map((replica) => finish({ ...task, replicas: [replica] }, create));
    for (const phase of [0, 1, 2]) {
      const [all] = resultsOfPhase([whole], phase);
      const alone = resultsOfPhase(parts, phase).flatMap((result) => result?.summaries ?? []);
      expect(alone).toEqual(all?.summaries);
    }
  });

  it('ends with the same numbers wherever it was stopped and resumed, within phases and between them', () => {
    const kept: TaskState[] = [];
    const checkpointer: Checkpointer = {
      resumed: null,
      shouldSave: () => true,
      save: (state) => kept.push(structuredClone(state)),
    };
    const whole = runSlices(runTask(task, create, checkpointer));
    expect(whole).toEqual(finish(task, create));
    expect(kept.map(({ before }) => before?.results.length)).toEqual(expect.arrayContaining([0, 1, 2]));
    for (const resumed of kept) {
      let steps = 0;
      const again = runSlices(runTask(task, create, { ...checkpointer, resumed, shouldSave: () => false }), {
        advanced: (made) => (steps += made),
        cancelled: () => false,
      });
      expect(again).toEqual(whole);
      expect(steps).toBe(3 * 144);
    }
  });

  it('keeps the phases that are done when it is stopped in a later one', () => {
    const whole = finish(task, create);
    const stoppedAt = (most: number): TaskResult => {
      let steps = 0;
      return runSlices(runTask(task, create), {
        advanced: (made) => (steps += made),
        cancelled: () => steps >= 3 * most,
      });
    };
    expect(stoppedAt(43 + 20 + 10)).toEqual({ ...whole, later: [] });
    const partial = stoppedAt(43 + 20 + 25);
    expect(partial.later).toMatchObject([{ complete: false, weights: [] }]);
    expect(partial.later?.[0].summaries[0]).toMatchObject({ samples: 5 });
    expect(partial.later?.[0].summaries[0].boundaryCorrelation).toBeUndefined();
    expect(() => stoppedAt(20)).toThrow(CancelledError);
  });
});
