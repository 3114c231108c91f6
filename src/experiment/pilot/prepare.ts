import { assertSimulable, type CreateMeasuredStepper, type Precision } from '#kernel';
import type { Experiment, Point } from '../file/resolve.js';
import { hasAllTimes, planWithoutManifold } from './without-manifold.js';
import { preparingEach, preparePoint, type PreparedPoint } from '../prepare.js';
import type { Order } from '../report.js';
import { runSlices } from '../tasks/cooperative-task.js';
import { epochSize } from '#model';
import { planFromTheory } from '../plan/from-theory.js';
import type { Plan } from '../plan/plan.js';
import { predictionOf } from '../theory/prediction.js';
import { whyUnpredicted } from '../theory/unpredicted.js';

/** Makes the steppers of pilot runs. */
export type StepperFactory = (precision: Precision) => CreateMeasuredStepper;

/**
 * As `preparing`, with a pilot run for every point that no theory predicts, which has the prediction null: seconds, up to minutes for large
 * networks. Throws InvalidInputError where a pilot run finds no times.
 */
export function preparingToRun(
  { points }: Experiment,
  order: Order | undefined,
  steppers: StepperFactory,
): Generator<PreparedPoint<null>> {
  return preparingEach<PreparedPoint<null>>(points, (point) => {
    const { model, simulation } = point;
    if (whyUnpredicted(model) === null) return preparePoint(point, order);
    assertSimulable(model, simulation.precision);
    const plan = epochPlan(point) ?? runSlices(planWithoutManifold(point, steppers(simulation.precision)));
    return { point, prediction: null, next: null, plan };
  });
}

/**
 * The plan of a model in epochs by the theory of independent samples, which has the same fixed point, frame and relaxation: but lags hold
 * three epochs at least, so that what an epoch moves to and fro is over. Null where there is no such theory.
 */
function epochPlan(point: Point): Plan | null {
  const input = { ...point.model.input };
  const { batchSize = 1 } = point.model as { readonly batchSize?: number };
  const epoch = epochSize(input) / batchSize;
  delete input.sampling;
  const independent = { ...point, model: { ...point.model, input } };
  if (epoch === 0 || whyUnpredicted(independent.model) !== null) return null;
  const prediction = predictionOf(independent);
  return planFromTheory(independent, { ...prediction, relaxationTime: Math.max(prediction.relaxationTime, epoch) });
}

/** Whether a pilot run has to find the times of a point. */
export const needsPilot = ({ model, simulation }: Point): boolean =>
  whyUnpredicted(model) !== null &&
  epochSize(model.input) === 0 &&
  simulation.start !== 'manifold' &&
  !hasAllTimes(simulation);
