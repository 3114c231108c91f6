import { trace } from '#linalg';
import type { Expansion } from './expansion/expansion.js';
import type { ProbeCoefficients } from './probes.js';

/**
 * What is expected to be left of each quantity beyond the next order, relative to its value: of relative order eta^2. An estimate
 * and not a bound, see `learningRateError`.
 */
export interface LearningRateError {
  readonly squaredNorm: number;
  readonly fluctuation: number;
  readonly diffusion: number;
  /** Of D/|h|^2: what |h|^2 is off is in both. */
  readonly relativeDiffusion: number;
  /** Length of the error of the vector, relative to the length of the motion. */
  readonly directedSpeed: number;
  /** That of D/|h|^2 and of the motion: each ends the correlation in a time that is inverse to it. */
  readonly halfLife: number;
}

/** So that simulations, with -0.5 to 0.9 times the estimate left, are within it (docs/next-order.md). */
const FACTOR = 2;

/**
 * Returns the function of a probe's coefficients, and whether it has directed motion beyond rounding, to the estimate. The series is taken to be geometric: if the next order changes the
 * whole by the fraction x = |next/leading - 1|, the order after it changes it by x^2, and what the next order is of a single quantity
 * by the factor x once more. The whole is the trace of the covariance of N; for D and v the larger of that and the trace of the
 * rotation diffusion. For F and D, whose next order may be small by cancellation, it is not taken smaller than x.
 */
export function learningRateError(
  learningRate: number,
  { diffusion, covariance }: Expansion,
): (probe: ProbeCoefficients, isDirected: boolean) => LearningRateError {
  const change = (leading: number, next: number): number =>
    leading > 0 ? (learningRate * Math.abs(next)) / leading : 0;
  const spread = change(trace(covariance.leading), trace(covariance.next));
  const whole = Math.max(spread, change(trace(diffusion.leading), trace(diffusion.next)));
  const part = ({ leading, next }: ProbeCoefficients['diffusion']): number =>
    change(Math.abs(leading + learningRate * next), next);
  return ({ squaredNorm, fluctuation, diffusion: own, motion }, isDirected) => {
    const speed = Math.hypot(...motion.leading.map((value, a) => value + learningRate * motion.next[a]));
    const ofDiffusion = own.leading > 0 ? FACTOR * Math.max(part(own), whole) * whole : 0;
    const ofSpeed = FACTOR * change(speed, Math.hypot(...motion.next)) * whole;
    return {
      squaredNorm: FACTOR * part(squaredNorm) * spread,
      fluctuation: FACTOR * Math.max(part(fluctuation), spread) * spread,
      diffusion: ofDiffusion,
      relativeDiffusion: ofDiffusion,
      directedSpeed: ofSpeed,
      halfLife: ofDiffusion + (isDirected ? ofSpeed : 0),
    };
  };
}
