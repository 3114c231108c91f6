import { apply, dot } from '#linalg';
import { exp, log } from '#random';
import { meanDirection, type Fluctuating } from './mean-direction.js';
import { meanRotationMinusIdentity } from './mean-frame.js';
import type { Prediction } from '../predict.js';
import type { Drift } from '../rotation/drift.js';

/** The slow motion and the probes that it carries, at leading order (`Prediction`) or at the next (`NextOrderPrediction`). */
export interface SlowMotion {
  readonly drift: Drift;
  readonly singularValues: Float64Array;
  readonly probes: readonly Fluctuating[];
}

/** Time courses in the stationary state, [time][probe]. */
export interface PredictedCourses {
  /**
   * E cos(h(0), h(t)) = u^T exp(tA) u, u the mean of h / |h| in the frame (`meanDirection`); 1 at t = 0. null for a probe that is not
   * represented.
   */
  readonly selfCorrelation: readonly (readonly (number | null)[])[];
  /** E|h(t) - h(0)|^2 = 2 (E|h|^2 - c^T exp(tA) c), E|h|^2 = |h|^2 + F; 0 at t = 0 (activation^2). */
  readonly squaredDisplacement: readonly (readonly number[])[];
  /** 2 (|c|^2 - c^T exp(tA) c): the same for the projection onto the manifold (activation^2). */
  readonly projectedSquaredDisplacement: readonly (readonly number[])[];
}

/**
 * Time courses at the given times, from the generator A of the mean frame (`meanFrameGenerator`). Valid at t = 0 and beyond
 * a few relaxation times, when the fluctuation is no longer correlated; in between, 2 F is still being approached. O(r^3 + K r^2)
 * for each time and K probes.
 *
 * Relative errors are of order eta at leading order and eta^2 at the next. Directed drift is the exception: diffusion destroys the
 * correlation in a time of 1/eta^3, in which an error of the velocity of order eta^3 turns the frame by an angle of order 1, so at
 * leading order courses with directed drift hold for times up to 1/eta^2 only. At the next order the angle is of order eta.
 */
export function predictedCourses(
  { drift, probes, singularValues }: SlowMotion,
  steps: readonly number[],
): PredictedCourses {
  const directions = probes.map(meanDirection);
  const changes = meanRotationMinusIdentity(drift, singularValues.length, steps);
  // |c|^2 - c^T exp(tA) c, [time][probe].
  const lost = changes.map((change) => probes.map(({ representation: c }) => -dot(c, apply(change, c))));
  const table = <T>(value: (k: number, lost: number, moved: boolean) => T): T[][] =>
    lost.map((row, i) => row.map((change, k) => value(k, change, steps[i] > 0)));
  return {
    selfCorrelation: changes.map((change, i) =>
      directions.map((u) => u && (steps[i] > 0 ? dot(u, u) + dot(u, apply(change, u)) : 1)),
    ),
    squaredDisplacement: table((k, change, moved) => {
      const { representation: c, squaredNorm, fluctuation } = probes[k];
      // At the next order F contains the square of the mean displacement, which |c|^2 has already.
      return moved ? 2 * (change + (squaredNorm - dot(c, c)) + fluctuation) : 0;
    }),
    projectedSquaredDisplacement: table((_, change, moved) => (moved ? 2 * change : 0)),
  };
}

/**
 * E[h_i(0).h_j(t)] = c_i^T exp(tA) c_j for all pairs of probes, K x K for each time (activation^2), t beyond a few relaxation
 * times. At short times it is the similarity matrix; it decays as the self-correlations do.
 */
export function crossCorrelations(
  { drift, probes, singularValues }: SlowMotion,
  steps: readonly number[],
): number[][][] {
  return meanRotationMinusIdentity(drift, singularValues.length, steps).map((change) => {
    const rotated = probes.map(({ representation: c }) => apply(change, c).map((moved, a) => c[a] + moved));
    return probes.map(({ representation: left }) => rotated.map((right) => dot(left, right)));
  });
}

/** Number of automatic times. */
const TIMES = 24;
/** The first time in relaxation times, when the fluctuation is no longer correlated. */
const FIRST_RELAXATIONS = 5;
/** The last in units of 2 |c|^2 / D, when exp(-3) of the self-correlation is left. */
const LAST_DECAYS = 3;

/**
 * 0 and 24 times in whole steps, evenly spaced on a logarithmic axis from five relaxation times until the slowest probe is
 * uncorrelated; where nothing diffuses, to a thousand times the first.
 */
export function courseTimes({ probes, relaxationTime }: Prediction): number[] {
  const first = Math.ceil(FIRST_RELAXATIONS * relaxationTime);
  const decays = probes.flatMap(({ squaredNorm, diffusion }) => (diffusion > 0 ? [(2 * squaredNorm) / diffusion] : []));
  const last = Math.max(1000 * first, LAST_DECAYS * Math.max(0, ...decays));
  const times = Array.from({ length: TIMES }, (_, k) => Math.round(first * exp((log(last / first) * k) / (TIMES - 1))));
  return [0, ...times];
}
