import { testMeanVector, type VectorTest } from '#compare';
import type { Estimates } from '#measure';
import type { NextOrderPrediction, Prediction } from '#theory';

/** The measured mean rotation, as a vector over all planes, against what is expected of it. */
export interface VelocityTest {
  readonly planes: number;
  /** The leading order; the next order, where it is known. */
  readonly theory: VectorTest | null;
  readonly nextOrder?: VectorTest | null;
  /** No directed drift at all. */
  readonly none: VectorTest | null;
}

/** null for as many planes as replicas, and for more than 128. */
export function velocityTest(
  { velocity, velocityCovariance, replicas }: Estimates,
  prediction: Prediction,
  next: NextOrderPrediction | null,
): VelocityTest | null {
  if (!velocityCovariance || velocity.length === 0 || replicas <= velocity.length) return null;
  const mean = Float64Array.from(velocity, ({ value }) => value);
  const against = (expected: ArrayLike<number>): VectorTest | null =>
    testMeanVector(mean, velocityCovariance, expected, replicas);
  return {
    planes: velocity.length,
    theory: against(prediction.drift.velocity),
    ...(next && { nextOrder: against(next.drift.velocity) }),
    none: against(new Float64Array(velocity.length)),
  };
}
