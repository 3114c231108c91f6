import { assertSimulable } from '#kernel';
import type { PredictionWatch } from '#theory';
import type { Experiment, Point } from './file/resolve.js';
import { withLocation } from './file/location.js';
import { assertNoNewModes } from './phases/learned-modes.js';
import { planFromTheory } from './plan/from-theory.js';
import type { Plan } from './plan/plan.js';
import { ordersOf } from './theory/prediction.js';
import type { ReportPoint } from './point-header.js';
import type { Order, Orders } from './report.js';

/** What a report says of a point apart from its results: of a prepared point, or of one in a run directory. */
export interface ReportedPoint<Missing extends null = never> extends Orders<Missing> {
  readonly point: ReportPoint;
  readonly plan: Plan;
}

/**
 * A point with its prediction and plan, ready to be split into tasks. `PreparedPoint<null>` may have no prediction: its plan
 * is from a pilot run.
 */
export interface PreparedPoint<Missing extends null = never> extends ReportedPoint<Missing> {
  readonly point: Point;
}

/**
 * Predicts and plans every point before any is simulated, so that bad parameters are found first.
 *
 * @group Start here
 */
export function prepare(experiment: Experiment, order?: Order, watch?: PredictionWatch): PreparedPoint[] {
  return [...preparing(experiment, order, watch)];
}

/** The same one by one: thousands of predictions need not be in memory together. */
export function preparing({ points }: Experiment, order?: Order, watch?: PredictionWatch): Generator<PreparedPoint> {
  return preparingEach(points, (point) => preparePoint(point, order, watch));
}

/** Points prepared one after the other; throws InvalidInputError for a phase that learns again what one before it forgot. */
export function* preparingEach<P extends PreparedPoint<null>>(
  points: readonly Point[],
  prepareOne: (point: Point) => P,
): Generator<P> {
  let phases: P[] = [];
  for (const point of points) {
    const prepared = withLocation(point, () => prepareOne(point));
    if (point.phase) {
      phases = [...(point.phase.index === 0 ? [] : phases), prepared];
      withLocation(point, () => {
        assertNoNewModes(phases);
      });
    }
    yield prepared;
  }
}

export function preparePoint(point: Point, order?: Order, watch?: PredictionWatch): PreparedPoint {
  assertSimulable(point.model, point.simulation.precision);
  const orders = ordersOf(point, order, watch);
  return { point, ...orders, plan: planFromTheory(point, orders.prediction) };
}

/** Replica-steps that a prepared point will take. */
export const stepsOf = ({ plan: { replicas, burnIn, lag, samples, after = 0 } }: PreparedPoint<null>): number =>
  replicas * (burnIn + (samples - 1) * lag + after);
