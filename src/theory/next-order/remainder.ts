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

/** From here on the sum of a geometric series says nothing; it is not taken beyond twice its first term. */
const LARGE = 0.5;

/** All terms after one of size `term` of a geometric series of ratio x. */
const tail = (term: number, x: number): number => (term * x) / (1 - Math.min(x, LARGE));

/**
 * Returns the function of a probe's coefficients, and whether it has directed motion beyond rounding, to the estimate. The
 * series is taken to be geometric: if the next order changes the whole by the fraction x = |next/leading - 1|, all orders after
 * it change a single quantity by x / (1 - x) times what the next order changes it. The whole is the trace of the covariance of
 * N; for D and v the larger of that and the trace of the rotation diffusion. The next order of F and D, which may be small by
 * cancellation, counts as at least x / (1 + x) of them.
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
    const ofDiffusion = own.leading > 0 ? tail(Math.max(part(own), whole / (1 + whole)), whole) : 0;
    const ofSpeed = tail(change(speed, Math.hypot(...motion.next)), whole);
    return {
      squaredNorm: tail(part(squaredNorm), spread),
      fluctuation: tail(Math.max(part(fluctuation), spread / (1 + spread)), spread),
      diffusion: ofDiffusion,
      relativeDiffusion: ofDiffusion,
      directedSpeed: ofSpeed,
      halfLife: ofDiffusion + (isDirected ? ofSpeed : 0),
    };
  };
}
