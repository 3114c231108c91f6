import { testMeanVector, type VectorTest } from '#compare';
import { fromRows } from '#linalg';
import type { Estimates } from '#measure';
import { ROUNDING, type NextOrderPrediction, type Prediction } from '#theory';

/** The measured mean rotation, as a vector over all planes, against what is expected of it. */
export interface VelocityTest {
  readonly planes: number;
  /** The leading order; the next order, where it is known. */
  readonly theory: VectorTest | null;
  readonly nextOrder?: VectorTest | null;
  /** No directed drift at all. */
  readonly none: VectorTest | null;
}

/** Over the planes that turn, which those of silent units among themselves do not. null for as many of these as replicas, and for more than 128 planes. */
export function velocityTest(
  { velocity, velocityCovariance, replicas }: Estimates,
  prediction: Prediction,
  next: NextOrderPrediction | null,
): VelocityTest | null {
  if (!velocityCovariance) return null;
  const variances = prediction.drift.diffusion.planeVariances();
  const largest = variances.reduce((most, value) => Math.max(most, value), 0);
  const turning = Array.from(velocity, (_, plane) => plane).filter((plane) => variances[plane] > ROUNDING * largest);
  if (turning.length === 0 || replicas <= turning.length) return null;
  const mean = Float64Array.from(turning, (plane) => velocity[plane].value);
  const covariance = fromRows(
    turning.map((p) => turning.map((q) => velocityCovariance.data[p * velocityCovariance.cols + q])),
  );
  const against = (expected: ArrayLike<number>): VectorTest | null =>
    testMeanVector(
      mean,
      covariance,
      turning.map((plane) => expected[plane]),
      replicas,
    );
  return {
    planes: turning.length,
    theory: against(prediction.drift.velocity),
    ...(next && { nextOrder: against(next.drift.velocity) }),
    none: against(new Float64Array(velocity.length)),
  };
}
