import { CancelledError } from '#core';
import { estimate, probeCovariances, type Measurement, type ProbeCovariances, type ReplicaSummary } from '#measure';
import type { State } from '#model';
import { extrapolations, type ExtrapolationRecord } from './extrapolations.js';
import { decompositions, type DecompositionRecord } from './noise-sources/decomposition.js';
import { expectedRatios } from './theory/expected-ratios.js';
import { firstPhase, phasesOf } from './file/phases/phase.js';
import { withLocationAsync } from './file/location.js';
import { phaseRecord } from './phases/phase-record.js';
import { phasesUpTo } from './phases/predicted-phases.js';
import type { PreparedPoint, ReportedPoint } from './prepare.js';
import { pointRecord, type PointRecord } from './report.js';
import { resultsOfPhase } from './tasks/phases/phase-task.js';
import { protocolTemplate, splitTasks, taskSize, taskTemplate } from './tasks/split.js';
import type { PhaseResult, Task, TaskResult } from './tasks/task.js';
import { trajectoryTimes, type TrajectoryTimes } from './tasks/trajectories.js';

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
  /** D by source, where points differ in the noise that acts. */
  readonly noiseSources?: readonly DecompositionRecord[];
}

export interface RunOptions {
  /** Seconds, for timing each point; without it the times are null and equal runs give equal reports. */
  readonly clock?: (() => number) | undefined;
  /** Hand back the final weights of every replica, with all hidden units. */
  readonly keepWeights?: boolean | undefined;
  /** Workers that run the tasks, so that few of them get tasks that fill wide vectors. Changes no number. */
  readonly workers?: number | undefined;
}

/** Representations of the probes over time at one point. */
export interface Trajectories extends TrajectoryTimes {
  /** h of every probe at every time, one T x K x k block for each replica, row-major: unit u of probe j at time t is [(t K + j) k + u]. */
  readonly replicas: readonly Float64Array[];
  readonly probes: number;
  /** k: the hidden units simulated. */
  readonly units: number;
}

/** A report, and what is kept beside it for every point of it. */
export interface RunResult<Missing extends null = never> {
  readonly report: RunReport<Missing>;
  /** Final weights of every replica; none unless they were kept. */
  readonly weights: State[][];
  readonly trajectories: Trajectories[];
}

/**
 * Simulates the prepared points one after the other and compares each with its prediction, if it has one. When interrupted, the report
 * ends with the estimate so far; throws CancelledError when there is none.
 *
 * @group Start here
 */
export function runExperiment<Missing extends null = never>(
  name: string,
  prepared: readonly PreparedPoint<Missing>[],
  runTasks: RunTasks,
  { clock, keepWeights = false, workers }: RunOptions = {},
): Promise<RunResult<Missing>> {
  return reportResults(name, prepared, resultsByRunning(prepared, runTasks, { keepWeights, workers }), clock);
}

/** Runs the tasks of prepared points when their results are asked for; those of an experiment with phases once. */
export function resultsByRunning<Missing extends null = never>(
  prepared: readonly PreparedPoint<Missing>[],
  runTasks: RunTasks,
  { keepWeights = false, workers }: Pick<RunOptions, 'keepWeights' | 'workers'> = {},
): (index: number) => Promise<(PhaseResult | null)[]> {
  const protocols = new Map<number, ReturnType<RunTasks>>();
  const run = (first: number): ReturnType<RunTasks> => {
    const { point } = prepared[first];
    const phases = prepared.slice(first, first + phasesOf(point));
    const templates = phases.map((phase) => taskTemplate(phase.point, phase.plan, keepWeights));
    return withLocationAsync(
      point,
      runTasks(splitTasks(protocolTemplate(templates), taskSize(prepared[first].plan.replicas, workers))),
    );
  };
  return async (index) => {
    const { point } = prepared[index];
    const first = firstPhase(index, point);
    const results = protocols.get(first) ?? run(first);
    protocols.set(first, results);
    return resultsOfPhase(await results, point.phase?.index ?? 0);
  };
}

/**
 * The report of points whose results are asked for one after the other, by the number of the point. Throws CancelledError when
 * the first one has none.
 */
export async function reportResults<Missing extends null = never>(
  name: string,
  reported: readonly (ReportedPoint<Missing> | PreparedPoint<Missing>)[],
  resultsOf: (index: number) => Promise<readonly (PhaseResult | null)[]>,
  clock?: () => number,
): Promise<RunResult<Missing>> {
  const points: PointRecord<Missing>[] = [];
  const weights: State[][] = [];
  const trajectories: Trajectories[] = [];
  let complete = true;
  for (const [index, { point, plan, ...orders }] of reported.entries()) {
    const began = clock?.() ?? 0;
    const done = await resultsOf(index);
    const finished = done.filter((result) => result !== null);
    const summaries = finished.flatMap((result) => result.summaries);
    complete = finished.length === done.length && finished.every((result) => result.complete);
    if (summaries.length < 2) break;
    const seconds = clock ? clock() - began : null;
    const phases = phasesUpTo(reported, index);
    const estimates = estimate(plan.measurement, summaries);
    const phase = phases && phaseRecord(phases, estimates);
    const record = { ...pointRecord(point, orders, plan, estimates, seconds), ...(phase && { phase }) };
    // Its values of the theory are null for no prediction, thus only where `Missing` is null.
    points.push(record as PointRecord<Missing>);
    weights.push(finished.flatMap((result) => result.weights));
    trajectories.push(trajectoriesOf(plan.measurement, summaries));
    if (!complete) break;
  }
  if (points.length === 0) throw new CancelledError();
  const extrapolation = extrapolations(
    points,
    points.map((_, index) => expectedRatios(reported[index].point, reported[index])),
  );
  const noiseSources = decompositions(points);
  const report = { name, complete, points, extrapolation, ...(noiseSources.length > 0 && { noiseSources }) };
  return { report, weights, trajectories };
}

export type { ProbeCovariances };

/** Covariances between the estimates of the probes of a point, from the results of all its tasks; null without a frame. */
export const covariancesOf = (
  { plan }: Pick<ReportedPoint<null>, 'plan'>,
  results: readonly (PhaseResult | null)[],
): ProbeCovariances | null =>
  probeCovariances(
    plan.measurement,
    results.flatMap((result) => result?.summaries ?? []),
  );

/** The trajectories of all replicas of a point, from their summaries. */
export function trajectoriesOf(measurement: Measurement, summaries: readonly ReplicaSummary[]): Trajectories {
  const rows = measurement.trajectorySamples.length * measurement.probes;
  return {
    ...trajectoryTimes(measurement),
    replicas: summaries.map(({ trajectory }) => trajectory),
    probes: measurement.probes,
    units: rows === 0 ? 0 : summaries[0].trajectory.length / rows,
  };
}
