import { InvalidInputError } from '#core';
import {
  fromData,
  logRotation,
  polarFactor,
  PolarIteration,
  productTransposed,
  SmallRotationLogarithm,
  transposedProduct,
  type Matrix,
} from '#linalg';

/**
 * Follows the point of the minimum-loss manifold nearest to Theta (orthogonal Procrustes): the frame R (k x r, orthonormal
 * columns) that minimises |Theta - R Theta*|, the polar factor of Theta Theta*^T. A small normal displacement leaves R
 * unchanged: at R = I it is an N with N Theta*^T symmetric.
 *
 * `project` moves to the next sample; `increment` is then the rotation since the one before, seen from it (body frame),
 * omega = log(R_before^T R). Allocates nothing once made. O(k (n+m) r + r^3) a sample.
 */
export class FrameTracker {
  /** R of the latest sample, k x r row-major. */
  frame: Float64Array;
  /** omega of the latest step, r x r, antisymmetric. */
  readonly increment: Float64Array;
  #before: Float64Array;
  readonly #rank: number;
  readonly #relative: Float64Array;
  readonly #polar: PolarIteration;
  readonly #logarithm: SmallRotationLogarithm;
  #samples = 0;

  /** `reference` is Theta* (r x (n+m)); `units` is k, the rows of Theta. */
  constructor(
    private readonly reference: Matrix,
    private readonly units: number,
  ) {
    const rank = reference.rows;
    this.#rank = rank;
    this.frame = new Float64Array(units * rank);
    this.#before = new Float64Array(units * rank);
    this.increment = new Float64Array(rank * rank);
    this.#relative = new Float64Array(rank * rank);
    this.#polar = new PolarIteration(rank);
    this.#logarithm = new SmallRotationLogarithm(rank);
  }

  /** Whether there is a sample before the latest, so that `increment` means something. */
  get moved(): boolean {
    return this.#samples > 1;
  }

  project(theta: Float64Array): void {
    const { reference, units } = this;
    const rank = this.#rank;
    [this.frame, this.#before] = [this.#before, this.frame];
    productTransposed(this.frame, theta, reference.data, units, reference.cols, rank);
    if (units > rank || !this.#polar.apply(this.frame)) {
      this.frame.set(polarFactor(fromData(units, rank, this.frame)).data);
    }
    this.#samples++;
    if (this.moved) this.#rotate();
  }

  #rotate(): void {
    const rank = this.#rank;
    const relative = this.#relative;
    transposedProduct(relative, this.#before, this.frame, this.units, rank, rank);
    // Frames that span slightly different spaces are compared by the rotation nearest to their overlap.
    const compared = this.units === rank || this.#polar.apply(relative);
    if (compared && this.#logarithm.apply(relative, this.increment)) return;
    try {
      this.increment.set(logRotation(fromData(rank, rank, relative)).data);
    } catch {
      throw new InvalidInputError(
        'between two samples the representations lost their relation; sample more often (a smaller lag)',
        ['simulation', 'lag'],
      );
    }
  }
}
