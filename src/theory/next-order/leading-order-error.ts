import { dot } from '#linalg';
import type { OfCode } from './displaced-modes.js';
import type { NextOrderProbe } from './predict.js';
import type { LearningRateError } from './remainder.js';
import type { Path, ProbePrediction } from '../solution.js';

/** What is predicted of a probe at leading order. */
interface Leading {
  readonly representation: Float64Array;
  readonly squaredNorm: number;
  readonly fluctuation: number;
  readonly diffusion: number;
  readonly directedSpeed: number;
}

/** What the error depends on beside the displacement. */
export interface Scale {
  readonly learningRate: number;
  readonly smallestCurvature: number;
  /** What the size of the step adds to second moments, relative to them: the learning rate over its limit of stability. */
  readonly step: number;
}

/** The mean displacement as it matters for a stimulus. */
interface Displaced {
  /** Of its representation (r numbers). */
  readonly shift: Float64Array;
  /** Of the weights over their size, in the modes and planes of its code (`displacedModes`). */
  readonly relative: OfCode;
  /** The largest of all modes. */
  readonly largest: number;
  /** |E N|^2 / E |N|^2. */
  readonly share: number;
}

/** D is further off than F, and v less; so that the next order is at most twice the estimate (`leading-order-error.test.ts`). */
const OF_DIFFUSION = 2.5;
const OF_VELOCITY = 0.5;

/**
 * How far the leading order of each quantity is expected to be off, relative to it: an estimate, not a bound, that takes nothing beside the
 * leading order. Three numbers have to be small (docs/finite-learning-rate.md): the learning rate over the limit of mean-square
 * stability, the mean displacement of a mode over its weights, and the square of the mean displacement over the fluctuation. The last one
 * is what grows first where the weight decay is small and label noise or the error of unlearned modes push the layers out of balance.
 * F changes by about their sum, with the mean displacement of the probe itself, and the largest of all modes, since every mode fluctuates
 * in F; |h|^2 by twice the displacement along h, and what of it is not known; D and v by the displacement of the modes in whose planes
 * the code turns.
 */
export function leadingOrderError(
  { learningRate, smallestCurvature, step }: Scale,
  path: Path,
  { shift, relative: displaced, largest, share }: Displaced,
  { representation, squaredNorm, fluctuation, diffusion, directedSpeed }: Leading,
): LearningRateError {
  const common = step + largest;
  const turning = step + share;
  // What the displacement leaves out on these paths turns the mode towards other stimuli.
  const unknown = path === 'moments' || path === 'sampled' ? common : 2 * displaced.code;
  const scale = Math.hypot(directedSpeed, Math.sqrt(learningRate * smallestCurvature * diffusion));
  const ofFluctuation = relative(dot(shift, shift), fluctuation) + common;
  const ofDiffusion = diffusion > 0 ? OF_DIFFUSION * (turning + displaced.diffusion) : 0;
  const ofVelocity = OF_VELOCITY * (turning + Math.max(displaced.diffusion, displaced.velocity));
  const ofSpeed = directedSpeed > 0 ? (ofVelocity * scale) / directedSpeed : 0;
  return {
    squaredNorm: Math.max(relative(2 * Math.abs(dot(representation, shift)), squaredNorm), unknown),
    fluctuation: ofFluctuation,
    diffusion: ofDiffusion,
    // What |h|^2 is off by, D is too: the angles are what is left of it.
    relativeDiffusion: ofDiffusion,
    directedSpeed: ofSpeed,
    halfLife: ofDiffusion + ofSpeed + relative(fluctuation * ofFluctuation, squaredNorm) / Math.LN2,
  };
}

/** The same where the next order is known: what that adds, and what it is expected to leave. */
export function errorBesideNext(leading: ProbePrediction, next: NextOrderProbe): LearningRateError {
  const { learningRateError: left } = next;
  const of = (name: 'squaredNorm' | 'fluctuation' | 'diffusion'): number =>
    relative(Math.abs(next[name] - leading[name]) + left[name] * Math.abs(next[name]), leading[name]);
  const change = leading.driftDirection.map(
    (component, a) => component * leading.directedSpeed - next.driftDirection[a] * next.directedSpeed,
  );
  return {
    squaredNorm: of('squaredNorm'),
    fluctuation: of('fluctuation'),
    diffusion: of('diffusion'),
    relativeDiffusion: ofAngles(leading, next),
    directedSpeed: relative(Math.hypot(...change) + left.directedSpeed * next.directedSpeed, leading.directedSpeed),
    halfLife: ofHalfLife(leading.halfLife, next),
  };
}

function ofAngles(leading: ProbePrediction, { diffusion, squaredNorm, learningRateError }: NextOrderProbe): number {
  if (!(leading.squaredNorm > 0)) return 0;
  const rate = leading.diffusion / leading.squaredNorm;
  // Nothing is left of an angular rate whose |h|^2 the next order takes below 0.
  if (!(squaredNorm > 0)) return relative(rate, rate);
  const next = diffusion / squaredNorm;
  return relative(Math.abs(next - rate) + learningRateError.relativeDiffusion * Math.abs(next), rate);
}

function ofHalfLife(leading: number | null, { halfLife, learningRateError }: NextOrderProbe): number {
  if (leading === null) return 0;
  // Nothing is left of a half-life that the next order does not have.
  if (halfLife === null) return 1;
  return relative(Math.abs(halfLife - leading) + learningRateError.halfLife * halfLife, leading);
}

const relative = (change: number, value: number): number => (value > 0 ? change / value : 0);
