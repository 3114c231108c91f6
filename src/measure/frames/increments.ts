import { InvalidInputError } from '#core';
import {
  fromData,
  logOrthogonal,
  PolarIteration,
  polarFactor,
  productTransposed,
  SmallRotationLogarithm,
} from '#linalg';

/** Increments with a reflection that a replica may have, and the share of its increments above which it has no measurable rotation. */
const FEW_REFLECTIONS = 1;
const LARGEST_SHARE = 0.01;

/** Rotations from one frame to the next. Remembers nothing, so many replicas can share one. */
export class RotationIncrements {
  readonly #relative: Float64Array;
  readonly #overlap: PolarIteration;
  readonly #logarithm: SmallRotationLogarithm;

  /** For frames R of shape units x rank, `lag` steps apart. */
  constructor(
    private readonly rank: number,
    private readonly units: number,
    private readonly lag: number,
  ) {
    this.#relative = new Float64Array(rank * rank);
    this.#overlap = new PolarIteration(rank);
    this.#logarithm = new SmallRotationLogarithm(rank);
  }

  /**
   * omega (r x r) = log(R_before^T R), the rotation between two frames given as R^T (r x k), seen from the first (body frame).
   * Returns whether a mode died out in between and came back with the opposite sign: R_before^T R is then a rotation and a reflection
   * of one axis, and omega the rotation alone (`logOrthogonal`).
   */
  rotation(omega: Float64Array, before: Float64Array, frame: Float64Array): boolean {
    const { rank, units } = this;
    const relative = this.#relative;
    productTransposed(relative, before, frame, rank, units, rank);
    // Frames that span slightly different spaces are compared by the orthogonal matrix nearest to their overlap.
    const compared = units === rank || this.#overlap.apply(relative);
    if (compared && this.#logarithm.apply(relative, omega)) return false;
    const orthogonal = fromData(rank, rank, relative);
    const found = logOrthogonal(compared ? orthogonal : polarFactor(orthogonal));
    omega.set(found.omega.data);
    return found.isReflected;
  }

  /**
   * Throws InvalidInputError when more than a few of the increments of a replica have a reflection: frames so far apart have little in
   * common, and where modes die out so often no rotation says how representations move.
   */
  assertRelated(reflections: number, increments: number): void {
    if (reflections > FEW_REFLECTIONS && reflections > LARGEST_SHARE * increments) throw lostRelation(this.lag);
  }
}

/** What can be changed: no samples are nearer to each other than one step, which the learning rate makes too large. */
function lostRelation(lag: number): InvalidInputError {
  if (lag <= 1) {
    return new InvalidInputError(
      'again and again, in a single step, the representations lost their relation; give a smaller learningRate',
      ['model', 'learningRate'],
    );
  }
  return new InvalidInputError(
    `again and again, in the ${lag} steps between two samples, the representations lost their relation; sample more often ` +
      '(a smaller lag), or give a smaller learningRate where steps are that large',
    ['simulation', 'lag'],
  );
}
