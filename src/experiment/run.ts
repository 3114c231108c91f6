import { extrapolateToZeroRate, type Extrapolation } from '#compare';
import { CancelledError, InvalidInputError } from '#core';
import { estimate, type ReplicaSummary } from '#measure';
import { assertDecay } from '#kernel';
import type { State } from '#model';
import { courseTimes, type NextOrderProbe, type Prediction } from '#theory';
import { splitTasks, taskTemplate } from './tasks/split.js';
import { planFromTheory } from './plan/from-theory.js';
import type { Plan } from './plan/plan.js';
import { pointRecord, theoryRecord, type Order, type PointRecord, type TheoryRecord } from './report.js';
import { perQuantity, type PerQuantity } from './quantities.js';
import { remapToSweep, type Experiment, type Point } from './file/resolve.js';
import type { TaskResult } from './tasks/run.js';
import type { Task } from './tasks/task.js';
import { requireTheory } from './theory/theory-of.js';

/**
 * Runs tasks, in any order and anywhere, and returns their results in the order of the tasks; null for those that an
 * interruption left without any.
 */
export type RunTasks = (tasks: readonly Task[]) => Promise<(TaskResult | null)[]>;

/** Ratio simulation / theory taken to eta -> 0, for the points that differ in nothing but the learning rate. */
export interface ExtrapolationRecord {
  readonly parameters: Record<string, unknown>;
  readonly learningRates: number[];
  readonly probes: PerQuantity<Extrapolation | null>[];
}

/** What `meander theory --json` prints. */
export interface TheoryReport {
  readonly name: string;
  readonly points: TheoryRecord[];
}

/** What `meander run --json` prints (docs/output.md). */
export interface RunReport {
  readonly name: string;
  /** False when the run was interrupted: the last point then holds the samples so far, and later points are missing. */
  readonly complete: boolean;
  readonly points: PointRecord[];
  readonly extrapolation: ExtrapolationRecord[];
}

/** A point with its prediction and plan, ready to be split into tasks. */
export interface PreparedPoint {
  readonly point: Point;
  readonly prediction: Prediction;
  /** The probes at next order; null where that was not asked for. */
  readonly next: readonly NextOrderProbe[] | null;
  readonly plan: Plan;
}

export interface TheoryOptions {
  readonly order?: Order | undefined;
  /** Times of the courses, in steps; chosen for each point unless given. */
  readonly times?: readonly number[] | undefined;
}

/**
 * Predicts every point of an experiment: fluctuation, diffusion, directed drift and time courses of its probes. Simulates
 * nothing. Throws TheoryDomainError where the theory makes no prediction. Cost: `predict`.
 *
 * @group Start here
 */
export function theoryReport({ name, points }: Experiment, { order, times }: TheoryOptions = {}): TheoryReport {
  return {
    name,
    points: points.map((point) =>
      withLocation(point, () => {
        const prediction = predictionOf(point);
        return theoryRecord(point, prediction, nextOrder(point, order), times ?? courseTimes(prediction));
      }),
    ),
  };
}

const predictionOf = ({ model, probes, simulation: { seed } }: Point): Prediction =>
  requireTheory(model).predict(model, probes, seed);

function nextOrder({ model, probes }: Point, order: Order = 'leading'): readonly NextOrderProbe[] | null {
  return order === 'next' ? requireTheory(model).predictNextOrder(model, probes) : null;
}

/**
 * Predicts and plans every point before any is simulated, so that bad parameters are found first.
 *
 * @group Start here
 */
export function prepare(experiment: Experiment, order?: Order): PreparedPoint[] {
  return [...preparing(experiment, order)];
}

/** The same one by one: thousands of predictions need not be in memory together. */
export function* preparing({ points }: Experiment, order?: Order): Generator<PreparedPoint> {
  for (const point of points) {
    yield withLocation(point, () => {
      assertDecay(point.model, point.simulation.precision);
      const prediction = predictionOf(point);
      return { point, prediction, next: nextOrder(point, order), plan: planFromTheory(point, prediction) };
    });
  }
}

/** Replica-steps that a prepared point will take. */
export const stepsOf = ({ plan: { replicas, burnIn, lag, samples } }: PreparedPoint): number =>
  replicas * (burnIn + (samples - 1) * lag);

export interface RunOptions {
  /** Seconds, for timing each point; without it the times are null and equal runs give equal reports. */
  readonly clock?: (() => number) | undefined;
  /** Hand back the final weights of every replica, with all hidden units. */
  readonly keepWeights?: boolean | undefined;
}

/** Representations of the probes over time at one point. */
export interface Trajectories {
  /** Steps since the end of burn-in. */
  readonly steps: readonly number[];
  /** h of every probe at every time, one T x K x k block for each replica, k = the hidden units simulated. */
  readonly replicas: readonly Float64Array[];
  readonly probes: number;
  readonly units: number;
}

/**
 * Simulates the prepared points one after the other and compares each with its prediction. When interrupted, the report
 * ends with the estimate so far; throws CancelledError when there is none.
 *
 * @group Start here
 */
export async function runExperiment(
  name: string,
  prepared: readonly PreparedPoint[],
  runTasks: RunTasks,
  { clock, keepWeights }: RunOptions = {},
): Promise<{ report: RunReport; weights: State[][]; trajectories: Trajectories[] }> {
  const points: PointRecord[] = [];
  const weights: State[][] = [];
  const trajectories: Trajectories[] = [];
  let complete = true;
  for (const { point, prediction, next, plan } of prepared) {
    const began = clock?.() ?? 0;
    const done = await withLocationAsync(point, runTasks(splitTasks(taskTemplate(point, plan, keepWeights ?? false))));
    const finished = done.filter((result) => result !== null);
    const summaries = finished.flatMap((result) => result.summaries);
    complete = finished.length === done.length && finished.every((result) => result.complete);
    if (summaries.length < 2) break;
    const seconds = clock ? clock() - began : null;
    points.push(pointRecord(point, prediction, next, plan, estimate(plan.measurement, summaries), seconds));
    weights.push(finished.flatMap((result) => result.weights));
    trajectories.push(trajectoriesOf(plan, summaries));
    if (!complete) break;
  }
  if (points.length === 0) throw new CancelledError();
  return { report: { name, complete, points, extrapolation: extrapolations(points) }, weights, trajectories };
}

function trajectoriesOf({ measurement }: Plan, summaries: readonly ReplicaSummary[]): Trajectories {
  const { trajectorySamples, stimuli, lag } = measurement;
  const times = trajectorySamples.length;
  return {
    steps: Array.from(trajectorySamples, (sample) => sample * lag),
    replicas: summaries.map(({ trajectory }) => trajectory),
    probes: stimuli.rows,
    units: times === 0 ? 0 : summaries[0].trajectory.length / (times * stimuli.rows),
  };
}

/** Errors about a swept value point at the sweep. */
function withLocation<T>({ assignments }: Point, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof InvalidInputError ? remapToSweep(error, assignments) : error;
  }
}

async function withLocationAsync<T>({ assignments }: Point, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof InvalidInputError ? remapToSweep(error, assignments) : error;
  }
}

/** The limits eta -> 0 of every group of points with three rates at least that differ in nothing else. */
export function extrapolations(points: readonly PointRecord[]): ExtrapolationRecord[] {
  const groups = new Map<string, PointRecord[]>();
  for (const point of points) {
    const key = JSON.stringify({ ...point.parameters, learningRate: null });
    groups.set(key, [...(groups.get(key) ?? []), point]);
  }
  return [...groups.values()]
    .filter((group) => new Set(group.map(rateOf)).size >= 3)
    .map((group) => ({
      parameters: Object.fromEntries(Object.entries(group[0].parameters).filter(([name]) => name !== 'learningRate')),
      learningRates: group.map(rateOf),
      probes: group[0].probes.map((_, k) =>
        perQuantity((quantity) => {
          const rates = group.flatMap((point) => {
            const ratio = point.probes[k].ratio[quantity];
            return ratio ? [{ learningRate: rateOf(point), ratio }] : [];
          });
          return extrapolateToZeroRate(rates);
        }),
      ),
    }));
}

const rateOf = ({ parameters }: PointRecord): number => parameters.learningRate as number;
