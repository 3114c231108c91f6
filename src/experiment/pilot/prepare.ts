import { assertSimulable, type CreateMeasuredStepper, type Precision } from '#kernel';
import type { PredictionWatch } from '#theory';
import type { Experiment, Point } from '../file/resolve.js';
import { hasAllTimes, planWithoutManifold } from './without-manifold.js';
import { preparingEach, preparePoint, type PreparedPoint } from '../prepare.js';
import type { Order } from '../report.js';
import { runSlices } from '../tasks/cooperative-task.js';
import { epochSize } from '#model';
import { planFromTheory } from '../plan/from-theory.js';
import type { Plan } from '../plan/plan.js';
import { predictionOf, predictionSecondsOf } from '../theory/prediction.js';
import { whyUnpredicted } from '../theory/unpredicted.js';

/** Makes the steppers of pilot runs. */
export type StepperFactory = (precision: Precision) => CreateMeasuredStepper;

/** Hears from long preparations. */
export interface PreparationWatch {
  /** Receives the share of the prediction of a point that is done, often. */
  readonly predicted?: (point: number, share: number) => void;
  /** Receives the replica-steps that the pilot run of a point has made, often. */
  readonly pilotAdvanced?: (point: number, replicaSteps: number) => void;
}

/**
 * As `preparing`, with a pilot run for every point that no theory predicts, which has the prediction null: seconds, up to minutes for large
 * networks. Throws InvalidInputError where a pilot run finds no times.
 */
export function preparingToRun(
  { points }: Experiment,
  order: Order | undefined,
  steppers: StepperFactory,
  { predicted, pilotAdvanced }: PreparationWatch = {},
): Generator<PreparedPoint<null>> {
  return preparingEach<PreparedPoint<null>>(points, (point) => {
    const { model, simulation } = point;
    const number = points.indexOf(point);
    const watch: PredictionWatch = predicted
      ? {
          progress: (share) => {
            predicted(number, share);
          },
        }
      : {};
    if (whyUnpredicted(model) === null) return preparePoint(point, order, watch);
    assertSimulable(model, simulation.precision);
    const plan = epochPlan(point, watch) ?? pilotPlan(point, steppers, (steps) => pilotAdvanced?.(number, steps));
    return { point, prediction: null, next: null, plan };
  });
}

function pilotPlan(point: Point, steppers: StepperFactory, advanced: (replicaSteps: number) => void): Plan {
  let steps = 0;
  return runSlices(planWithoutManifold(point, steppers(point.simulation.precision)), {
    advanced: (made) => {
      steps += made;
      advanced(steps);
    },
    cancelled: () => false,
  });
}

/** Seconds that the prediction which a point is planned by takes, about; 0 where it is short, or there is none. */
export function planningSecondsOf(point: Point): number {
  const predicted = whyUnpredicted(point.model) === null ? point : inIndependentSamples(point);
  return predicted ? predictionSecondsOf(predicted) : 0;
}

/**
 * The plan of a model in epochs by the theory of independent samples, which has the same fixed point, frame and relaxation: but lags hold
 * three epochs at least, so that what an epoch moves to and fro is over. Null where there is no such theory.
 */
function epochPlan(point: Point, watch: PredictionWatch): Plan | null {
  const independent = inIndependentSamples(point);
  if (!independent) return null;
  const { batchSize = 1 } = point.model as { readonly batchSize?: number };
  const epoch = epochSize(point.model.input) / batchSize;
  const prediction = predictionOf(independent, watch);
  return planFromTheory(independent, { ...prediction, relaxationTime: Math.max(prediction.relaxationTime, epoch) });
}

/** A point in epochs with independent samples instead; null where it is not in epochs, or nothing predicts that. */
function inIndependentSamples(point: Point): Point | null {
  if (epochSize(point.model.input) === 0) return null;
  const input = { ...point.model.input };
  delete input.sampling;
  const independent = { ...point, model: { ...point.model, input } };
  return whyUnpredicted(independent.model) === null ? independent : null;
}

/** Whether a pilot run has to find the times of a point. */
export const needsPilot = (point: Point): boolean =>
  whyUnpredicted(point.model) !== null &&
  epochSize(point.model.input) === 0 &&
  point.simulation.start !== 'manifold' &&
  !hasAllTimes(point);
