import { InvalidInputError } from '#core';
import {
  fromData,
  logRotation,
  polarFactor,
  PolarIteration,
  productTransposed,
  SmallRotationLogarithm,
  SparseMatrix,
  transpose,
  type Matrix,
} from '#linalg';

/**
 * Finds the point of the minimum-loss manifold nearest to Theta (orthogonal Procrustes): the frame R (k x r, orthonormal
 * columns) that minimises |Theta - R Theta*|, the polar factor of Theta Theta*^T. A small normal displacement leaves R
 * unchanged: at R = I it is an N with N Theta*^T symmetric. Remembers nothing, so that many replicas can share one.
 */
export class Projector {
  readonly rank: number;
  /** Theta*, r x (n+m). */
  readonly reference: SparseMatrix;
  readonly #relative: Float64Array;
  readonly #polar: PolarIteration;
  readonly #overlap: PolarIteration;
  readonly #logarithm: SmallRotationLogarithm;

  /** `reference` is Theta* (r x (n+m)); `units` is k, the rows of Theta. */
  constructor(
    reference: Matrix,
    readonly units: number,
  ) {
    const rank = reference.rows;
    this.rank = rank;
    this.reference = SparseMatrix.from(reference);
    this.#relative = new Float64Array(rank * rank);
    this.#polar = new PolarIteration(rank, units);
    this.#overlap = new PolarIteration(rank);
    this.#logarithm = new SmallRotationLogarithm(rank);
  }

  /** frame (r x k) = R^T. */
  project(frame: Float64Array, { data, cols }: Matrix): void {
    const { rank, units } = this;
    this.reference.timesTransposed(frame, data, units, cols);
    if (this.#polar.apply(frame)) return;
    frame.set(transpose(polarFactor(transpose(fromData(rank, units, frame)))).data);
  }

  /**
   * omega (r x r) = log(R_before^T R), the rotation from one frame to the next, seen from the first (body frame). Throws
   * InvalidInputError when the frames have so little in common that no rotation relates them.
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
      throw new InvalidInputError(
        'between two samples the representations lost their relation; sample more often (a smaller lag)',
        ['simulation', 'lag'],
      );
    }
  }
}
