import type { Matrix } from '../matrix.js';

/** A function of one number with its first two derivatives, for use entry by entry. */
export interface ScalarFunction {
  readonly value: (x: number) => number;
  readonly first: (x: number) => number;
  readonly second: (x: number) => number;
}

/**
 * Operations on two-dimensional arrays. What is written over them once can be evaluated on numbers (`plainAlgebra`) and with
 * exact derivatives (`taylorAlgebra`). Shapes follow the rules of matrices; RangeError where they do not fit.
 */
export interface ArrayAlgebra<A> {
  /** A known matrix, which does not depend on the state. */
  readonly constant: (matrix: Matrix) => A;
  readonly rows: (a: A) => number;
  readonly cols: (a: A) => number;
  /** The product of two or more matrices, from the left. */
  readonly multiply: (first: A, ...others: A[]) => A;
  readonly transpose: (a: A) => A;
  readonly add: (first: A, ...others: A[]) => A;
  readonly subtract: (a: A, b: A) => A;
  readonly scale: (a: A, factor: number) => A;
  /** The product entry by entry. */
  readonly hadamard: (a: A, b: A) => A;
  /** Inverse of a square matrix. Throws RangeError when it is singular. */
  readonly inverse: (a: A) => A;
  /** The matrix with 0 above the diagonal. */
  readonly lowerTriangle: (a: A) => A;
  /** The function of every entry. */
  readonly map: (a: A, f: ScalarFunction) => A;
}
