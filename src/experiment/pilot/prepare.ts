import { assertSimulable, type CreateMeasuredStepper, type Precision } from '#kernel';
import type { Experiment, Point } from '../file/resolve.js';
import { withLocation } from '../location.js';
import { hasAllTimes, planWithoutManifold } from './without-manifold.js';
import { preparePoint, type PreparedPoint } from '../prepare.js';
import type { Order } from '../report.js';
import { runSlices } from '../tasks/cooperative-task.js';
import { whyUnpredicted } from '../theory/unpredicted.js';

/** Makes the steppers of pilot runs. */
export type StepperFactory = (precision: Precision) => CreateMeasuredStepper;

/**
 * As `preparing`, with a pilot run for every point that no theory predicts, which has the prediction null: seconds, up to minutes for large
 * networks. Throws InvalidInputError where a pilot run finds no times.
 */
export function* preparingToRun(
  { points }: Experiment,
  order: Order | undefined,
  steppers: StepperFactory,
): Generator<PreparedPoint<null>> {
  for (const point of points) {
    yield withLocation(point, (): PreparedPoint<null> => {
      const { model, simulation } = point;
      if (whyUnpredicted(model) === null) return preparePoint(point, order);
      assertSimulable(model, simulation.precision);
      const plan = runSlices(planWithoutManifold(point, steppers(simulation.precision)));
      return { point, prediction: null, next: null, plan };
    });
  }
}

/** Whether a pilot run has to find the times of a point. */
export const needsPilot = ({ model, simulation }: Point): boolean =>
  whyUnpredicted(model) !== null && simulation.start !== 'manifold' && !hasAllTimes(simulation);
