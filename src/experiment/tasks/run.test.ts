import { serialize } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { CancelledError } from '#core';
import { createKernelSteppers, type CreateMeasuredStepper } from '#kernel';
import { loadKernel } from '#kernel/node';
import { diagonal, fromRows, identity, zeros } from '#linalg';
import type { FrameMeasurement } from '#measure';
import { createReferenceStepper, gaussianPart, inputDistribution, type CreateStepper, type Model } from '#model';
import { nativeKernels, noNative } from '../../../test/support/native.js';
import { runSlices } from './cooperative-task.js';
import { Replicas } from './replicas.js';
import { runTask } from './run.js';
import type { Checkpointer, Task, TaskResult, TaskState } from './task.js';

const model: Model = {
  hiddenUnits: 2,
  target: diagonal(Float64Array.of(1, 1)),
  input: inputDistribution(2, [gaussianPart(1, diagonal(Float64Array.of(1.2, 0.8)))], []),
  learningRate: 0.02,
  weightDecay: 0.1,
  labelNoiseVariance: 0.1,
  batchSize: 1,
};

const frame: FrameMeasurement = {
  referencePoint: [
    fromRows([
      [0.9, 0, 0.9, 0],
      [0, 0.8, 0, 0.8],
    ]),
  ],
  rank: 2,
  directions: fromRows([[1]]),
  driftDirections: diagonal(Float64Array.of(1, 1)),
};

const task: Task = {
  model,
  probes: identity(2),
  seed: 5,
  replicas: [0, 1, 2],
  burnIn: 10,
  precision: 'f64',
  measurement: {
    probes: 2,
    frame,
    lag: 5,
    samples: 6,
    courseSamples: Int32Array.of(0, 2, 5),
    trajectorySamples: Int32Array.of(1, 5),
  },
  start: { random: 0.3 },
  reduceHiddenUnits: true,
  keepWeights: true,
};

const wasm = await loadKernel();
const natives = noNative === null ? await nativeKernels() : [];
const finish = (given: Task, create: CreateStepper = createReferenceStepper): TaskResult =>
  runSlices(runTask(given, create));

describe('a task', () => {
  it('hands back the weights of each replica, not those of the last one', () => {
    const all = finish(task).weights;
    const alone = task.replicas.map((replica) => finish({ ...task, replicas: [replica] }).weights[0]);
    expect(all).toEqual(alone);
    expect(all[0]).not.toEqual(all[1]);
  });

  it('continues from states that are given', () => {
    const first = new Replicas(task, createReferenceStepper);
    runSlices(first.advanceTo(7));
    const second = new Replicas(task, createReferenceStepper, null, first.states());
    expect(second.states()).toEqual(first.states());
    expect(second.states()).not.toEqual(new Replicas(task, createReferenceStepper).states());
  });

  it('reports every step that its replicas make', () => {
    let steps = 0;
    runSlices(runTask(task, createReferenceStepper), {
      advanced: (made) => (steps += made),
      cancelled: () => false,
    });
    expect(steps).toBe(3 * (10 + 5 * 5));
  });

  /** Told to stop on the way from the given sample to the next. */
  const stoppedAfter = (samples: number): TaskResult => {
    let steps = 0;
    return runSlices(runTask(task, createReferenceStepper), {
      advanced: (made) => (steps += made),
      cancelled: () => steps >= 3 * (10 + 5 * samples),
    });
  };

  const summariesOf = (samples: number) => finish({ ...task, measurement: { ...task.measurement, samples } }).summaries;

  it('summarises the samples so far when stopped', () => {
    const stopped = stoppedAfter(4);
    expect(stopped).toMatchObject({ complete: false, weights: [] });
    expect(stopped.summaries).toEqual(summariesOf(4));
  });

  it('may be stopped between the replicas of a sample where there are many probes', () => {
    const probes = fromRows(Array.from({ length: 800 }, (_, k) => [1, k / 800]));
    const measurement = { ...task.measurement, probes: 800, frame: { ...frame, driftDirections: zeros(800, 2) } };
    // It yields without a step before it begins and after each observation: 3 replicas, 4 samples, and one more.
    let observations = -1;
    const { complete, summaries } = runSlices(runTask({ ...task, probes, measurement }, createReferenceStepper), {
      advanced: (made) => (observations += made === 0 ? 1 : 0),
      cancelled: () => observations === 3 * 4 + 1,
    });
    expect(complete).toBe(false);
    expect(summaries.map(({ samples }) => samples)).toEqual([5, 4, 4]);
  });

  const kernel = createKernelSteppers(wasm, 'f64');
  const native = natives.map((each) => createKernelSteppers(each, 'f64'));
  let turn = 0;
  /** Every run of a task on another kernel. */
  const inTurns: CreateMeasuredStepper = (...given) => [...native, kernel][turn++ % (native.length + 1)](...given);

  it.each([
    ['reference', createReferenceStepper, 3],
    ['kernel', kernel, 2],
    [noNative === null ? 'native kernels and WebAssembly in turns' : `kernel again: ${noNative}`, inTurns, 2],
  ])(
    '(%s) that resumes from its saved state after every slice ends as if it had never been stopped',
    (_, create, groups) => {
      const probes = fromRows(Array.from({ length: 800 }, (_, k) => [1, k / 800]));
      const measurement = { ...task.measurement, probes: 800, frame: { ...frame, driftDirections: zeros(800, 2) } };
      const many = { ...task, probes, measurement: { ...measurement, samples: 4 } };
      let resumed: TaskState | null = null;
      let runs = 0;
      let finished: TaskResult | null = null;
      while (!finished) {
        // The first slice counts the steps made before; it is stopped after one more.
        let slices = 0;
        const checkpointer: Checkpointer = {
          resumed,
          shouldSave: () => false,
          save: (state) => {
            resumed = structuredClone(state);
          },
        };
        try {
          finished = runSlices(runTask(many, create, checkpointer), {
            advanced: () => slices++,
            cancelled: () => slices > 1,
          });
        } catch (error) {
          expect(error).toBeInstanceOf(CancelledError);
        }
        runs++;
      }
      // Each run makes the steps to a sample or takes it of one group of replicas; after the last nothing is left to stop.
      expect(runs).toBe(4 + 4 * groups);
      // Compared as bytes: there are millions of numbers.
      const expected = finish(many, create === inTurns ? kernel : create);
      expect(serialize(finished).equals(serialize(expected))).toBe(true);
    },
  );

  it.each([
    ['reference', createReferenceStepper],
    ['kernel', kernel],
  ])('(%s) saves its state when it is time, without being stopped', (_, create) => {
    const kept: TaskState[] = [];
    const checkpointer: Checkpointer = {
      resumed: null,
      shouldSave: () => true,
      save: (state) => kept.push(structuredClone(state)),
    };
    const whole = runSlices(runTask(task, create, checkpointer));
    expect(whole).toEqual(finish(task, create));
    expect(kept.map(({ steps }) => steps)).toEqual([10, 15, 20, 25, 30, 35]);
    for (const resumed of kept) {
      expect(runSlices(runTask(task, create, { ...checkpointer, resumed, shouldSave: () => false }))).toEqual(whole);
    }
  });

  it('has no result when stopped before its fourth sample', () => {
    expect(() => stoppedAfter(3)).toThrow(CancelledError);
  });
});
