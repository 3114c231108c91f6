import { fromData, PolarIteration, polarFactor, SparseMatrix, transpose, type Matrix } from '#linalg';
import type { FrameProjection, State } from '../rule.js';

/**
 * Finds the point nearest to a state [Theta] among all R Theta* (orthogonal Procrustes): the frame R (k x r, orthonormal
 * columns) that minimises |Theta - R Theta*|, the polar factor of Theta Theta*^T. A small displacement normal to the orbit
 * leaves R unchanged: at R = I it is an N with N Theta*^T symmetric. Remembers nothing, so many replicas can share one.
 */
export class ProcrustesProjection implements FrameProjection {
  /** r: rows of Theta*. */
  readonly #rank: number;
  readonly #referencePoint: SparseMatrix;
  readonly #polar: PolarIteration;

  /** `referencePoint` is Theta*, with r rows; `units` is k, the rows of Theta. */
  constructor(
    referencePoint: Matrix,
    private readonly units: number,
  ) {
    this.#rank = referencePoint.rows;
    this.#referencePoint = SparseMatrix.from(referencePoint);
    this.#polar = new PolarIteration(this.#rank, units);
  }

  project(frame: Float64Array, state: State): void {
    const [{ data, cols }] = state;
    this.#referencePoint.timesTransposed(frame, data, this.units, cols);
    if (this.#polar.apply(frame)) return;
    frame.set(transpose(polarFactor(transpose(fromData(this.#rank, this.units, frame)))).data);
  }
}
