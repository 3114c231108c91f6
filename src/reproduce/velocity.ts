import { extrapolateToZeroRate, notAbove, vectorDeviation, type Check } from '#compare';
import { add, scale, zeros, type Matrix } from '#linalg';
import type { ExtrapolationRecord } from '#experiment';
import type { PointEvidence } from './claim.js';
import { pointsOf, rateOf } from './learning-rates.js';

/** The directed velocity over the planes at eta -> 0, over eta^2. */
interface VelocityLimit {
  readonly measured: Float64Array;
  readonly predicted: Float64Array;
  /** That of the measured one, by the rotation diffusion of the theory. */
  readonly covariance: Matrix;
}

/** Mean turns of one point over eta^2, with the covariance of their mean over all replicas. */
interface RatedVelocity {
  readonly learningRate: number;
  /** Less what the next order adds, where it is known. */
  readonly velocity: Float64Array;
  readonly predicted: Float64Array;
  readonly covariance: Matrix;
  readonly hasNextOrder: boolean;
}

function ratedVelocity({ report, prepared: { prediction, next, best } }: PointEvidence): RatedVelocity {
  const learningRate = rateOf(report);
  const beyond = next ?? best ?? null;
  const unit = 1 / learningRate ** 2;
  const leading = prediction.drift.velocity;
  const steps = report.plan.duration * report.replicas;
  return {
    learningRate,
    velocity: Float64Array.from(
      report.directedVelocity,
      ({ simulation }, plane) =>
        unit * (simulation.value - (beyond ? beyond.drift.velocity[plane] - leading[plane] : 0)),
    ),
    predicted: leading.map((value) => unit * value),
    covariance: scale((beyond ?? prediction).drift.diffusion.dense(), unit ** 2 / steps),
    hasNextOrder: beyond !== null,
  };
}

/** As the limits of ratios: a straight line in eta^2 beyond the next order where that is known, else in eta, in every plane alike. */
function velocityLimit(group: ExtrapolationRecord, points: readonly PointEvidence[]): VelocityLimit {
  const rated = pointsOf(group, points).map(ratedVelocity);
  const fit = extrapolateToZeroRate(
    rated.map(({ learningRate, covariance, hasNextOrder }) => ({
      learningRate,
      ratio: { value: 1, se: Math.sqrt(trace(covariance)) },
      nextOrder: hasNextOrder ? 1 : null,
    })),
  );
  if (!fit) throw new RangeError('a limit needs three learning rates');
  const planes = rated[0].predicted.length;
  return {
    measured: rated.reduce(
      (sum, { velocity }, i) => sum.map((value, plane) => value + fit.weights[i] * velocity[plane]),
      new Float64Array(planes),
    ),
    predicted: rated[0].predicted,
    covariance: rated.reduce(
      (sum, { covariance }, i) => add(sum, covariance, fit.weights[i] ** 2),
      zeros(planes, planes),
    ),
  };
}

const trace = ({ cols, data }: Matrix): number =>
  data.reduce((sum, value, at) => sum + (at % (cols + 1) ? 0 : value), 0);

/** v as a vector over all planes, which tells its direction as well as its length. */
export function velocityCheck(group: ExtrapolationRecord, points: readonly PointEvidence[]): Check {
  const { measured, predicted, covariance } = velocityLimit(group, points);
  const name = `v in ${predicted.length} planes: χ² of simulation from theory, η → 0`;
  return notAbove(name, vectorDeviation(measured, covariance, predicted));
}
