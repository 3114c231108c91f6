import type { CreateMeasuredStepper } from '#kernel';
import { fromRows } from '#linalg';
import { estimate, type Estimates, type FrameMeasurement } from '#measure';
import { lagOf, plan, type TimeScales } from '../plan/plan.js';
import type { CooperativeTask } from '../tasks/cooperative-task.js';
import { runTask } from '../tasks/run.js';
import type { Task } from '../tasks/task.js';
import { pilotReplicas, type PilotPoint } from './point.js';

/** What decides the duration. */
export type Variances = Pick<TimeScales, 'diffusionVariance' | 'fluctuationFreedom'>;

const REPLICAS = 32;
/** Increments of each replica in the first measurement, and how often they may be doubled to resolve D. */
const INCREMENTS = 32;
const MAX_DOUBLINGS = 3;
/** D is resolved when it is at least as large as this many of its standard errors. */
const RESOLVED = 3;

/**
 * Measures D and F until D is resolved, or MAX_DOUBLINGS have not resolved it: on the manifold of the frame, or from random
 * weights of the given standard deviation where there is none.
 */
export function* measureVariances(
  { model, probes, simulation }: PilotPoint,
  createStepper: CreateMeasuredStepper,
  times: Pick<TimeScales, 'relaxationTime' | 'learningTime'>,
  frame: FrameMeasurement | null,
  random: number,
): CooperativeTask<Variances> {
  for (let doublings = 0; ; doublings++) {
    const duration = INCREMENTS * 2 ** doublings * lagOf(times.relaxationTime, frame);
    const start = frame ? 'manifold' : { random };
    const { measurement, burnIn } = plan(
      {
        ...simulation,
        start,
        replicas: REPLICAS,
        burnIn: 'auto',
        lag: 'auto',
        duration,
        trajectorySamples: 0,
      },
      probes.length,
      { ...times, learningTime: frame ? 0 : times.learningTime, diffusionVariance: 0, fluctuationFreedom: Infinity },
      frame,
    );
    const task: Task = {
      model,
      probes: fromRows(probes),
      seed: simulation.seed,
      replicas: pilotReplicas(REPLICAS),
      burnIn,
      precision: simulation.precision,
      measurement,
      start,
      reduceHiddenUnits: true,
      keepWeights: false,
    };
    const { summaries } = yield* runTask(task, createStepper);
    const variances = variancesOf(estimate(measurement, summaries));
    if (variances.diffusionVariance > 0 || doublings === MAX_DOUBLINGS) return variances;
  }
}

/** Relative variances of one increment, from the errors of all of them. */
function variancesOf({ probes, increments }: Estimates): Variances {
  const largest = (values: readonly { value: number; se: number }[]): number =>
    Math.max(0, ...values.map(({ value, se }) => (se / value) ** 2 * increments));
  return {
    diffusionVariance: largest(
      probes.map(({ diffusion }) => diffusion).filter(({ value, se }) => value > RESOLVED * se),
    ),
    fluctuationFreedom: 2 / largest(probes.map(({ fluctuation }) => fluctuation).filter(({ value }) => value > 0)),
  };
}
