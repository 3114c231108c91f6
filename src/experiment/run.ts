import { CancelledError } from '#core';
import { estimate, type ReplicaSummary } from '#measure';
import type { State } from '#model';
import { extrapolations, type ExtrapolationRecord } from './extrapolations.js';
import { withLocationAsync } from './location.js';
import type { Plan } from './plan/plan.js';
import type { PreparedPoint } from './prepare.js';
import { pointRecord, type PointRecord } from './report.js';
import type { TaskResult } from './tasks/run.js';
import { splitTasks, taskTemplate } from './tasks/split.js';
import type { Task } from './tasks/task.js';

/**
 * Runs tasks, in any order and anywhere, and returns their results in the order of the tasks; null for those that an
 * interruption left without any.
 */
export type RunTasks = (tasks: readonly Task[]) => Promise<(TaskResult | null)[]>;

/** What `meander run --json` prints (docs/output.md). */
export interface RunReport<Missing extends null = never> {
  readonly name: string;
  /** False when the run was interrupted: the last point then holds the samples so far, and later points are missing. */
  readonly complete: boolean;
  readonly points: PointRecord<Missing>[];
  readonly extrapolation: ExtrapolationRecord[];
}

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
 * Simulates the prepared points one after the other and compares each with its prediction, if it has one. When interrupted, the report
 * ends with the estimate so far; throws CancelledError when there is none.
 *
 * @group Start here
 */
export async function runExperiment<Missing extends null = never>(
  name: string,
  prepared: readonly PreparedPoint<Missing>[],
  runTasks: RunTasks,
  { clock, keepWeights }: RunOptions = {},
): Promise<{ report: RunReport<Missing>; weights: State[][]; trajectories: Trajectories[] }> {
  const points: PointRecord<Missing>[] = [];
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
    const record = pointRecord(point, prediction, next, plan, estimate(plan.measurement, summaries), seconds);
    // Its values of the theory are null for no prediction, thus only where `Missing` is null.
    points.push(record as PointRecord<Missing>);
    weights.push(finished.flatMap((result) => result.weights));
    trajectories.push(trajectoriesOf(plan, summaries));
    if (!complete) break;
  }
  if (points.length === 0) throw new CancelledError();
  return { report: { name, complete, points, extrapolation: extrapolations(points) }, weights, trajectories };
}

function trajectoriesOf({ measurement }: Plan, summaries: readonly ReplicaSummary[]): Trajectories {
  const { trajectorySamples, probes, lag } = measurement;
  const times = trajectorySamples.length;
  return {
    steps: Array.from(trajectorySamples, (sample) => sample * lag),
    replicas: summaries.map(({ trajectory }) => trajectory),
    probes,
    units: times === 0 ? 0 : summaries[0].trajectory.length / (times * probes),
  };
}
