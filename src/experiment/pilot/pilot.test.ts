import { describe, expect, it } from 'vitest';
import { CancelledError } from '#core';
import { createKernelSteppers } from '#kernel';
import { loadKernel } from '#kernel/node';
import { diagonal, fromRows, identity } from '#linalg';
import { estimate, type Estimates } from '#measure';
import { gaussianPart, inputDistribution, registerRule, type Model, type RuleModel } from '#model';
import { oja, sanger, type HebbianModel } from '../../../test/support/hebbian-rules.js';
import type { SimulationSpec } from '../file/schema.js';
import { planFromTheory } from '../plan/from-theory.js';
import type { Plan } from '../plan/plan.js';
import { runSlices } from '../tasks/cooperative-task.js';
import { runTask } from '../tasks/run.js';
import { requireTheory } from '../theory/theory-of.js';
import { planFromPilot } from './pilot.js';

registerRule(oja);
registerRule(sanger);
const createStepper = createKernelSteppers(await loadKernel(), 'f64');

const simulationOf = (changes: Partial<SimulationSpec>): SimulationSpec => ({
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
  ...changes,
});

const axes = (size: number, count = size): Float64Array[] =>
  Array.from({ length: count }, (_, axis) => Float64Array.from({ length: size }, (_, i) => (i === axis ? 1 : 0)));

const gaussian = (variances: readonly number[]) =>
  inputDistribution(variances.length, [gaussianPart(1, diagonal(variances))], []);

const shared = { learningRate: 0.01, weightDecay: 0.1, labelNoiseVariance: 0.25, batchSize: 1 };
const autoencoder = (hiddenUnits: number, variances: readonly number[]): Model => ({
  ...shared,
  hiddenUnits,
  target: identity(variances.length),
  input: gaussian(variances),
});

describe('a plan from a pilot run', () => {
  const models: readonly [string, Model][] = [
    ['autoencoder', autoencoder(4, [1.3, 1, 0.8, 0.6])],
    ['more hidden units than modes', autoencoder(30, [1.3, 1, 0.8])],
    ['fewer', autoencoder(2, [1.3, 1, 0.5, 0.4])],
    [
      'general task and mixed input',
      {
        ...shared,
        hiddenUnits: 5,
        target: fromRows([
          [1, 0.2, 0],
          [0, 0.7, 0.1],
        ]),
        input: inputDistribution(3, [gaussianPart(0.8, identity(3))], [{ probability: 0.2, stimulus: [1, 1, 0] }]),
      },
    ],
  ];

  /** Both plans of a point, made without and with theory. */
  function bothPlans(model: Model, start: SimulationSpec['start']): { pilot: Plan; theory: Plan } {
    const probes = axes(model.input.size);
    const point = { assignments: [], model, probes, simulation: simulationOf({ start }) };
    return {
      pilot: runSlices(planFromPilot(point, createStepper)),
      theory: planFromTheory(point, requireTheory(model).predict(model, probes, 1)),
    };
  }

  it.each(models)(
    'has the burn-in and lag of the theory within 10% and its duration within a factor of 2: %s',
    (_, model) => {
      const { pilot, theory } = bothPlans(model, 'manifold');
      expect(Math.abs(pilot.burnIn / theory.burnIn - 1)).toBeLessThan(0.1);
      expect(Math.abs(pilot.lag / theory.lag - 1)).toBeLessThan(0.1);
      const duration = ({ samples, lag }: Plan): number => (samples - 1) * lag;
      expect(duration(pilot) / duration(theory)).toBeGreaterThan(0.5);
      expect(duration(pilot) / duration(theory)).toBeLessThan(2);
      expect(pilot.measurement.frame?.rank).toBe(theory.measurement.frame?.rank);
    },
  );

  it.each(models.slice(0, 2))(
    'adds the time of learning from random weights, within a factor of 2.5 of the theory: %s',
    (_, model) => {
      const { pilot, theory } = bothPlans(model, { random: 0.1 });
      expect(pilot.burnIn / theory.burnIn).toBeGreaterThan(0.4);
      expect(pilot.burnIn / theory.burnIn).toBeLessThan(2.5);
      expect(pilot.burnIn).toBeGreaterThan(1.3 * bothPlans(model, 'manifold').pilot.burnIn);
    },
  );

  /** What a run by a plan measures. */
  function measure(
    model: RuleModel,
    probes: readonly Float64Array[],
    { burnIn, replicas, seed, measurement }: Plan,
    simulation: SimulationSpec,
  ): Estimates {
    const { start, precision, reduceHiddenUnits } = simulation;
    const numbers = Array.from({ length: replicas }, (_, i) => i);
    const stimuli = fromRows(probes);
    const task = {
      model,
      probes: stimuli,
      seed,
      replicas: numbers,
      burnIn,
      precision,
      measurement,
      start,
      reduceHiddenUnits,
    };
    return estimate(measurement, runSlices(runTask({ ...task, keepWeights: false }, createStepper)).summaries);
  }

  it('serves a rule that no theory predicts: D of Oja’s rule is that of an independent program', () => {
    const learningRate = 0.02;
    const model: HebbianModel = { rule: 'ownOja', outputs: 2, learningRate, input: gaussian([1.5, 0.9, 0.3, 0.1]) };
    expect(() => requireTheory(model)).toThrow('there is no theory of the learning rule ownOja');
    const simulation = simulationOf({ targetError: 0.025 });
    const probes = axes(4, 2);
    const plan = runSlices(planFromPilot({ model, probes, simulation }, createStepper));
    // The slowest relaxation has the rate 0.9 - 0.3 at leading order of the learning rate.
    expect(Math.abs(plan.lag / (3 / (0.6 * learningRate)) - 1)).toBeLessThan(0.15);
    for (const { diffusion, squaredNorm } of measure(model, probes, plan, simulation).probes) {
      // Leading order in the learning rate times what the same program found beyond it: 1.119(14) at this rate.
      const expected = 0.03681818 * learningRate ** 3;
      expect(diffusion.se / diffusion.value).toBeLessThan(0.035);
      expect(Math.abs(diffusion.value / expected - 1.119)).toBeLessThan(3 * Math.hypot(diffusion.se / expected, 0.014));
      expect(Math.abs(squaredNorm.value - 1)).toBeLessThan(0.02);
    }
  });

  it('of a rule without symmetry follows no frame, and its networks fluctuate but do not drift', () => {
    const model: HebbianModel = { rule: 'ownSanger', outputs: 2, learningRate: 0.05, input: gaussian([1.4, 0.8, 0.2]) };
    // A long lag, because the fluctuation is all in the increments.
    const simulation = simulationOf({ start: { random: 0.5 }, replicas: 16, lag: 40_000, duration: 800_000 });
    const probes = axes(3, 2);
    const plan = runSlices(planFromPilot({ model, probes, simulation }, createStepper));
    expect(plan.measurement.frame).toBeNull();
    for (const { diffusion, directedSpeed, fluctuation } of measure(model, probes, plan, simulation).probes) {
      expect(Math.abs(diffusion.value)).toBeLessThan(3 * diffusion.se);
      // A quarter of the D that Oja's rule has here.
      expect(diffusion.se).toBeLessThan(4.8e-7);
      expect(directedSpeed.value).toBeLessThan(3 * directedSpeed.se);
      expect(fluctuation.value).toBeGreaterThan(5 * fluctuation.se);
    }
  });

  it('has the duration that F needs where nothing drifts', () => {
    const model: HebbianModel = { rule: 'ownSanger', outputs: 1, learningRate: 0.1, input: gaussian([1, 0.2]) };
    const simulation = simulationOf({ start: { random: 0.5 }, targetError: 0.1 });
    const probes = axes(2, 1);
    const plan = runSlices(planFromPilot({ model, probes, simulation }, createStepper));
    const [{ fluctuation }] = measure(model, probes, plan, simulation).probes;
    expect(fluctuation.se / fluctuation.value).toBeLessThan(0.1 * 1.5);
    expect(fluctuation.se / fluctuation.value).toBeGreaterThan(0.1 / 4);
  });

  it('is rejected for a start on the manifold of a rule without symmetry', () => {
    const model: HebbianModel = { rule: 'ownSanger', outputs: 1, learningRate: 0.05, input: gaussian([1, 0.2]) };
    const point = { model, probes: axes(2), simulation: simulationOf({}) };
    expect(() => runSlices(planFromPilot(point, createStepper))).toThrow('no point of the manifold is known');
  });

  it('is rejected where displacements do not relax: without weight decay the layers are free against each other', () => {
    const model = { ...autoencoder(2, [1, 1]), weightDecay: 0 };
    const point = { model, probes: axes(2), simulation: simulationOf({}) };
    expect(() => runSlices(planFromPilot(point, createStepper, { maxSteps: 1e5 }))).toThrow(
      'found no relaxation towards a manifold; give burnIn, lag and duration',
    );
  });

  it('stops when it is told to', () => {
    const point = { model: autoencoder(2, [1, 0.8]), probes: axes(2), simulation: simulationOf({}) };
    let slices = 0;
    const stopping = { advanced: () => slices++, cancelled: () => slices > 20 };
    expect(() => runSlices(planFromPilot(point, createStepper), stopping)).toThrow(CancelledError);
    expect(slices).toBe(21);
  });
});
