import { InvalidInputError } from '#core';
import { fromData, logRotation, PolarIteration, productTransposed, SmallRotationLogarithm } from '#linalg';

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
   * Throws InvalidInputError when the frames have so little in common that no rotation relates them.
   */
  rotation(omega: Float64Array, before: Float64Array, frame: Float64Array): void {
    const { rank, units } = this;
    const relative = this.#relative;
    productTransposed(relative, before, frame, rank, units, rank);
    // Frames that span slightly different spaces are compared by the rotation nearest to their overlap.
    const compared = units === rank || this.#overlap.apply(relative);
    if (compared && this.#logarithm.apply(relative, omega)) return;
    try {
      omega.set(logRotation(fromData(rank, rank, relative)).data);
    } catch {
      throw lostRelation(this.lag);
    }
  }
}

/** What can be changed: no samples are nearer to each other than one step, which the learning rate makes too large. */
function lostRelation(lag: number): InvalidInputError {
  if (lag <= 1) {
    return new InvalidInputError(
      'in a single step the representations lost their relation; give a smaller learningRate',
      ['model', 'learningRate'],
    );
  }
  return new InvalidInputError(
    `in the ${lag} steps between two samples the representations lost their relation; sample more often (a smaller lag), ` +
      'or give a smaller learningRate where steps are that large',
    ['simulation', 'lag'],
  );
}
