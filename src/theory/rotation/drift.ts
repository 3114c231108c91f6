import type { RotationCovariance } from './covariance.js';
import { rotate, type Plane } from './planes.js';

/** The slow motion of the frame: Q -> Q exp(omega) each step, omega in the body frame. */
export interface Drift {
  readonly planes: readonly Plane[];
  /** Cov(omega_ab, omega_cd) per step (rad^2), order eta^3, in the form in which its path computes it. */
  readonly diffusion: RotationCovariance;
  /** E omega_ab per step, P (rad), order eta^2. */
  readonly velocity: Float64Array;
}

/** sum v_ab Omega_ab c: mean motion of the representation c (r numbers, activation per step). */
export function directedMotion({ velocity }: Drift, c: ArrayLike<number>): Float64Array {
  return rotate(velocity, c);
}
