import { InvalidInputError } from '#core';
import { fromRows, inner } from '#linalg';
import type { FrameMeasurement } from '#measure';
import { ruleOf, type RuleModel } from '#model';
import { MAX_LISTED_PLANES, type Prediction } from '#theory';
import type { Point } from '../file/resolve.js';
import { requireTheory } from '../theory/theory-of.js';
import { phaseSampling, stepsAfter, transientOf } from './phase.js';
import { settledTimes, unsettledBy } from './settled.js';
import { lagOf, plan, type Plan, type TimeScales } from './plan.js';

/** 6 for Gaussian increments; a third more because they are sums of products of noise and displacement, with longer tails. */
const VARIANCE_FACTOR = 8;

/** The plan of a point by its prediction. Throws InvalidInputError as `plan` and `phaseSampling`, and where learning from random weights never ends. */
export function planFromTheory(point: Point, prediction: Prediction): Plan {
  const { model, probes, simulation: given, phase } = point;
  const frame = frameOf(prediction);
  const lag = given.lag === 'auto' ? lagOf(prediction.relaxationTime, frame) : given.lag;
  const simulation = phase ? phaseSampling(given, phase, transientOf(prediction.relaxationTime), lag) : given;
  const { start, burnIn } = simulation;
  const needsLearningTime = start !== 'manifold' && burnIn === 'auto';
  const scales: TimeScales = {
    relaxationTime: prediction.relaxationTime,
    learningTime: needsLearningTime ? requireTheory(model).learningTime(model, prediction, start.random) : 0,
    diffusionVariance: VARIANCE_FACTOR * concentration(prediction),
    // F is a sum of squares over r hidden directions.
    fluctuationFreedom: prediction.singularValues.length,
  };
  assertFollowed(model, prediction);
  const usual = plan(simulation, probes.length, scales, frame);
  const times = settledTimes(point, prediction, usual);
  const planned = times ? plan({ ...simulation, ...times }, probes.length, scales, frame) : usual;
  return {
    ...planned,
    ...(times && prediction.settling && { unsettled: unsettledBy(prediction.settling(), planned) }),
    ...(frame === null && { fixedPoint: prediction.referencePoint }),
    ...(phase && { after: stepsAfter(phase, simulation, planned) }),
  };
}

/** Throws InvalidInputError where more units turn than a simulation can follow. */
function assertFollowed(model: RuleModel, { isCondensed = false }: Prediction): void {
  if (!isCondensed) return;
  throw new InvalidInputError(
    `found ${ruleOf(model).hiddenUnits(model)} hidden units with more than ${MAX_LISTED_PLANES} planes, expected some 30`,
    ['model'],
  );
}

/** null where nothing turns: a rule without symmetry has no frame to follow. */
const frameOf = ({
  referencePoint,
  duals,
  singularValues,
  rotationDiffusionDirections,
  probes,
}: Prediction): FrameMeasurement | null =>
  duals?.cols === 0
    ? null
    : {
        referencePoint,
        ...(duals && { duals }),
        rank: singularValues.length,
        directions: rotationDiffusionDirections,
        driftDirections: fromRows(probes.map(({ driftDirection }) => driftDirection)),
      };

/**
 * Largest tr (K B)^2 / (tr K B)^2 over the probes, B_ab,cd = (Omega_ab c).(Omega_cd c): 1 over the planes that matter. With
 * rotation covariance K and N increments in all, the long-run estimator of D = tr K B has the variance 6 tr (K B)^2 / N for
 * Gaussian increments.
 */
function concentration({ drift, probes }: Prediction): number {
  let largest = 0;
  for (const { representation, diffusion: trace } of probes) {
    if (!(trace > 0)) continue;
    // With J the rows Omega_ab c, tr (K J J^T)^2 = |J^T K J|^2, and J^T K J is the covariance of the displacement.
    const covariance = drift.diffusion.displacementCovariance(representation);
    largest = Math.max(largest, inner(covariance, covariance) / (trace * trace));
  }
  return largest;
}
