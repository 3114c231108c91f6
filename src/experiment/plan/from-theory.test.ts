import { describe, expect, it } from 'vitest';
import { diagonal, identity } from '#linalg';
import { gaussianPart, inputDistribution, type Model } from '#model';
import type { SimulationSpec } from '../file/schema.js';
import { sliceTask, taskTemplate } from '../tasks/split.js';
import { startOf } from '../tasks/starts.js';
import { requireTheory } from '../theory/theory-of.js';
import { planFromTheory } from './from-theory.js';
import type { Plan } from './plan.js';

const simulation: SimulationSpec = {
  replicas: 64,
  seed: 1,
  targetError: 0.02,
  burnIn: 'auto',
  lag: 'auto',
  duration: 'auto',
  trajectorySamples: 0,
  start: 'manifold',
  reduceHiddenUnits: true,
  precision: 'f64',
};

const modelOf = (variances: readonly number[]): Model => ({
  hiddenUnits: 4,
  target: identity(variances.length),
  input: inputDistribution(variances.length, [gaussianPart(1, diagonal(variances))], []),
  learningRate: 0.01,
  weightDecay: 0.1,
  labelNoiseVariance: 0.25,
  batchSize: 1,
});

function planOf(model: Model, changes: Partial<SimulationSpec> = {}): Plan {
  const probes = Array.from({ length: model.input.size }, (_, axis) =>
    Float64Array.from({ length: model.input.size }, (__, i) => (i === axis ? 1 : 0)),
  );
  const prediction = requireTheory(model).predict(model, probes, 1);
  return planFromTheory({ assignments: [], model, probes, simulation: { ...simulation, ...changes } }, prediction);
}

describe('a plan from theory', () => {
  const model = modelOf([1.3, 1, 0.8, 0.6]);

  it('takes its times from the relaxation time, 500 steps here', () => {
    expect(planOf(model)).toMatchObject({ burnIn: 2500, lag: 1500 });
    expect(planOf(model, { start: { random: 0.1 } }).burnIn).toBeGreaterThan(2500);
  });

  it('starts a rule without symmetry at its fixed point, without a frame', () => {
    const input = inputDistribution(3, [gaussianPart(1, diagonal([1.4, 0.8, 0.2]))], []);
    const hebbian = { rule: 'sanger', outputs: 2, learningRate: 0.01, input };
    const point = { assignments: [], model: hebbian, probes: [Float64Array.of(1, 0, 0)], simulation };
    const plan = planFromTheory(point, requireTheory(hebbian).predict(hebbian, point.probes, 1));
    expect(plan.measurement.frame).toBeNull();
    const [w] = startOf(sliceTask(taskTemplate(point, plan, false), 0, 2), 1);
    expect(Array.from(w.data, (value) => Math.abs(value))).toEqual([1, 0, 0, 0, 1, 0]);
    expect(plan.burnIn).toBe(Math.round(5 * (plan.lag / 6)));
  });

  it('is as long as the target error needs: four times as long for half of it', () => {
    const increments = (targetError: number): number => planOf(model, { targetError }).samples - 1;
    expect(increments(0.005) / increments(0.01)).toBeCloseTo(4, 1);
    expect(increments(0.01) / increments(0.02)).toBeCloseTo(4, 1);
  });

  it('takes times that are given', () => {
    expect(planOf(model, { burnIn: 7, lag: 11, duration: 120 })).toMatchObject({ burnIn: 7, lag: 11, samples: 11 });
    expect(() => planOf(model, { lag: 11, duration: 20 })).toThrow('holds 1 lags of 11 steps, needs at least 2');
  });

  it('needs a burn-in where learning from random weights never ends, and takes one', () => {
    const hardly = modelOf([1, 0.1 - 1e-9]);
    expect(() => planOf(hardly, { start: { random: 0.1 } })).toThrow('give burnIn, or start: manifold');
    expect(planOf(hardly, { start: { random: 0.1 }, burnIn: 1000 }).burnIn).toBe(1000);
  });
});
