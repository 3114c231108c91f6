import type { Estimate } from '#core';
import type { Matrix } from '#linalg';
import type { LengthEstimate } from './speed.js';

/** What is measured of one stimulus. */
export interface ProbeEstimates {
  /** |c|^2 of the representation without its fluctuation, activation^2. */
  readonly squaredNorm: Estimate;
  /** F(x), activation^2. */
  readonly fluctuation: Estimate;
  /** D(x), activation^2 per step. */
  readonly diffusion: Estimate;
  /**
   * Steps until half of the self-correlation is lost, by the measured rotation (`halfLifeEstimate`). null without a frame, where it
   * never is, and where the measured directed motion is too noisy to tell.
   */
  readonly halfLife: Estimate | null;
  /** |v(x)|, activation per step, the noise of |v|^2 removed; not below zero. */
  readonly directedSpeed: LengthEstimate;
  /** Component of v(x) along the probe's drift direction, signed and without bias; 0 -+ 0 where there is none. */
  readonly speedAlongDriftDirection: Estimate;
}

/** How representations move. */
export interface MotionEstimates {
  readonly probes: readonly ProbeEstimates[];
  /** Rotation variance per step along each measured direction (rad^2); none without a frame. */
  readonly rotationDiffusion: readonly Estimate[];
  /** Mean rotation per step in every plane (rad): the directed velocity; none without a frame. */
  readonly velocity: readonly Estimate[];
  /** Covariance of these means from the scatter of the replicas (P x P); null without a frame, and for more planes than MAX_PLANES. */
  readonly velocityCovariance: Matrix | null;
}

/** Most planes whose covariance is estimated. */
export const MAX_PLANES = 128;
