import type { Estimate } from '#core';
import { row, type Matrix } from '#linalg';
import { isTwoLayer } from '#model';
import { estimate, interval95, type Estimates, type ReplicaSummary } from '#measure';
import type { DiffusionSources, Prediction } from '#theory';
import { resultRows, type ComparedPoint, type ResultRow } from './columns.js';
import type { Phase } from './file/phases/phase.js';
import { cell, columnOf, PHASE } from './parameters.js';
import { compareProbe, lossesOf, probesTheory, type Measured, type Order, type ProbeTheory } from './report.js';
import { parametersOf } from './point-header.js';
import { perQuantity } from './quantities.js';
import type { Unsettled } from './plan/plan.js';
import type { Projection } from './file/dataset.js';
import type { Point } from './file/resolve.js';
import type { PreparedPoint, ReportedPoint } from './prepare.js';
import { taskTemplate, type TaskTemplate } from './tasks/split.js';
import { expectedRatios, ratiosBySource, type ExpectedRatios } from './theory/expected-ratios.js';
import { nextOrderIsTaken, ordersOf } from './theory/prediction.js';
import { twoLayerTheory } from './theory/two-layer.js';

/**
 * A prepared point as plain data: all that its tasks and the table of results need, so that neither theory nor data files
 * are needed again.
 */
export interface PointSnapshot extends TaskTemplate {
  /** Scalars of the model and swept values; anything but a number or a text as JSON. */
  readonly parameters: Readonly<Record<string, number | string>>;
  /** Names of the swept parameters, as in `parameters`, in the order of the sweep. */
  readonly swept: readonly string[];
  /** What the sweep sets, and how data sets became stimuli: for the report, which the tasks do not need. */
  readonly assignments: Point['assignments'];
  readonly projections: readonly Projection[];
  readonly theory: TheorySnapshot<null>;
  /** What its times leave unsettled, where they do not wait for every mode. */
  readonly unsettled?: Unsettled;
  /** Its phase, of an experiment that has phases: the tasks of the first one go through all of them. */
  readonly phase?: Phase;
}

/** What the table of results holds of a prediction. */
export interface TheorySnapshot<Missing extends null = never> {
  readonly taskLoss: number | Missing;
  readonly regularizedLoss: number | Missing;
  readonly probes: readonly ProbeTheory<Missing>[];
  /** The parts of D of each probe, of networks other than two-layer SGD: for limits eta -> 0. */
  readonly sources?: readonly DiffusionSources[];
}

/** `keepWeights`: its tasks hand back the final weights of their replicas. */
export function snapshotPoint({ point, prediction, plan }: PreparedPoint<null>, keepWeights = false): PointSnapshot {
  const parameters = parametersOf(point);
  return {
    ...taskTemplate(point, plan, keepWeights),
    parameters: Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, cell(value)])),
    swept: [...(point.phase ? [PHASE] : []), ...point.assignments.map(({ name }) => columnOf(name))],
    assignments: point.assignments,
    projections: point.projections ?? [],
    theory: theorySnapshot(point, prediction),
    ...(plan.unsettled && { unsettled: plan.unsettled }),
    ...(point.phase && { phase: point.phase }),
  };
}

/** Nulls, with the stimuli of the probes, for a point without a prediction. */
export const theorySnapshot = (
  point: Pick<Point, 'probes' | 'probeLabels'>,
  prediction: Prediction | null,
): TheorySnapshot<null> => ({
  taskLoss: prediction?.loss.task ?? null,
  regularizedLoss: prediction?.loss.regularized ?? null,
  probes: probesTheory(point, prediction),
  ...(prediction?.path === 'rule' && { sources: prediction.probes.map(({ sources }) => sources) }),
});

/**
 * What a report says of a stored point apart from its results, as `prepare` said it: the prediction is made anew, with the same
 * numbers. Throws TheoryDomainError where the theory makes none.
 */
export function reportedSnapshot(
  { task, replicas, assignments, theory, unsettled, phase }: PointSnapshot,
  order: Order,
): ReportedPoint<null> {
  const { model, probes: matrix, seed, burnIn, measurement, after } = task;
  const probes = rowsOf(matrix);
  const { lag, samples } = measurement;
  const probeLabels = theory.probes.map(({ label }) => label ?? null);
  const point = { model, probes, probeLabels, assignments, ...(phase && { phase }) };
  const predictable = { ...point, simulation: { seed } };
  return {
    point,
    ...(theory.taskLoss === null ? { prediction: null, next: null } : ordersOf(predictable, order)),
    plan: {
      ...{ burnIn, lag, samples, replicas, seed, measurement },
      ...(after !== undefined && { after }),
      ...(unsettled && { unsettled }),
    },
  };
}

/**
 * What `prepare` with this order knew beyond the leading order of a stored point; null where it knew nothing. Needs the code of no rule
 * file: only two-layer networks have a next order, and the parts of D are stored.
 */
export function snapshotExpectedRatios(snapshot: PointSnapshot, order: Order): ExpectedRatios | null {
  const { model, probes, measurement } = snapshot.task;
  const rank = measurement.frame?.rank ?? 0;
  const { taskLoss, sources } = snapshot.theory;
  if (taskLoss === null) return null;
  if (!isTwoLayer(model)) return sources ? ratiosBySource({ model, probes: rowsOf(probes) }, sources) : null;
  if (!nextOrderIsTaken(order, () => twoLayerTheory.nextOrderOperations(model, rank))) return null;
  return expectedRatios({ model, probes: rowsOf(probes) }, reportedSnapshot(snapshot, order));
}

const rowsOf = (matrix: Matrix): Float64Array[] =>
  Array.from({ length: matrix.rows }, (_, k) => row(matrix, k).slice());

/** The rows of a finished point number `index`, from the summaries of all its replicas in their order. */
export function snapshotRows(index: number, point: PointSnapshot, summaries: readonly ReplicaSummary[]): ResultRow[] {
  const { task, theory, parameters } = point;
  return resultRows(index, comparedPoint(parameters, theory, estimate(task.measurement, summaries), task));
}

/** Theory beside estimates, with the steps that the replicas behind the estimates took. */
export function comparedPoint(
  parameters: Readonly<Record<string, unknown>>,
  theory: TheorySnapshot<null>,
  estimates: Estimates,
  { burnIn, measurement: { lag } }: Pick<TaskTemplate['task'], 'burnIn' | 'measurement'>,
): ComparedPoint {
  const { replicas, increments } = estimates;
  const losses = lossesOf(estimates);
  const measured = (value: Estimate): Measured => ({ ...value, interval95: interval95(value, replicas) });
  return {
    parameters,
    // A point stored before a quantity was known has no prediction of it.
    probes: theory.probes.map((probe, k) =>
      compareProbe({ ...perQuantity(() => null), ...probe }, estimates.probes[k], replicas),
    ),
    loss: { theory: theory.taskLoss, simulation: measured(losses.task) },
    regularizedLoss: { theory: theory.regularizedLoss, simulation: measured(losses.regularized) },
    replicas,
    steps: replicas * burnIn + increments * lag,
  };
}
