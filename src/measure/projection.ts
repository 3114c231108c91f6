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
  readonly #reference: SparseMatrix;
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
    this.#reference = new SparseMatrix(reference);
    this.#relative = new Float64Array(rank * rank);
    this.#polar = new PolarIteration(rank, units);
    this.#overlap = new PolarIteration(rank);
    this.#logarithm = new SmallRotationLogarithm(rank);
  }

  /** frame (r x k) = R^T. */
  project(frame: Float64Array, { data, cols }: Matrix): void {
    const { rank, units } = this;
    this.#reference.timesTransposed(frame, data, units, cols);
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

/** A FrameTracker between two samples. */
export interface TrackerState {
  readonly samples: number;
  readonly frame: Float64Array;
  readonly increment: Float64Array;
  readonly incrementBefore: Float64Array;
}

/**
 * Follows one replica: `project` moves to the next sample; `increment` is then the rotation since the one before. Allocates
 * nothing once made. O(k (n+m) r + r^3) a sample.
 */
export class FrameTracker {
  /** R^T of the latest sample, r x k row-major: one row for each mode. */
  frame: Float64Array;
  /** omega of the latest step, r x r, antisymmetric. */
  increment: Float64Array;
  /** omega of the step before that; zero when there was none. */
  incrementBefore: Float64Array;
  #before: Float64Array;
  #samples = 0;

  constructor(private readonly projector: Projector) {
    const { rank, units } = projector;
    this.frame = new Float64Array(rank * units);
    this.#before = new Float64Array(rank * units);
    this.increment = new Float64Array(rank * rank);
    this.incrementBefore = new Float64Array(rank * rank);
  }

  /** Whether there is a sample before the latest, so that `increment` means something. */
  get moved(): boolean {
    return this.#samples > 1;
  }

  /** What the samples to come depend on. */
  save(): TrackerState {
    return {
      samples: this.#samples,
      frame: this.frame.slice(),
      increment: this.increment.slice(),
      incrementBefore: this.incrementBefore.slice(),
    };
  }

  restore({ samples, frame, increment, incrementBefore }: TrackerState): void {
    this.#samples = samples;
    this.frame.set(frame);
    this.increment.set(increment);
    this.incrementBefore.set(incrementBefore);
  }

  project(theta: Matrix): void {
    const frame = this.#before;
    this.#before = this.frame;
    this.frame = frame;
    this.projector.project(frame, theta);
    this.#samples++;
    if (!this.moved) return;
    const increment = this.incrementBefore;
    this.incrementBefore = this.increment;
    this.increment = increment;
    this.projector.rotation(increment, this.#before, frame);
  }
}
