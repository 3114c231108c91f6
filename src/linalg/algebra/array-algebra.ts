import type { Matrix } from '../matrix.js';

/**
 * A function of one number with its first two derivatives, for use entry by entry: exact derivatives of a rule need them. The cube is
 * `{ value: (x) => x ** 3, first: (x) => 3 * x * x, second: (x) => 6 * x }`.
 */
export interface ScalarFunction {
  readonly value: (x: number) => number;
  readonly first: (x: number) => number;
  readonly second: (x: number) => number;
}

/**
 * Operations on two-dimensional arrays. What is written over them once can be evaluated on numbers (`plainAlgebra`) and with
 * exact derivatives (`taylorAlgebra`). Shapes follow the rules of matrices; a vector is a column, n x 1, a number 1 x 1. Every operation returns a new array, and throws
 * RangeError where shapes do not fit.
 */
export interface ArrayAlgebra<A> {
  /** A known matrix (rows x cols), which does not depend on the state: `constant(identity(k))`. */
  readonly constant: (matrix: Matrix) => A;
  /** Number of rows, a plain number. */
  readonly rows: (a: A) => number;
  /** Number of columns, a plain number. */
  readonly cols: (a: A) => number;
  /** The product of two or more matrices, from the left: (k x l)(l x m) is k x m. By a number: `scale`. */
  readonly multiply: (first: A, ...others: A[]) => A;
  /** k x l to l x k. */
  readonly transpose: (a: A) => A;
  /** The sum of two or more arrays of one shape. */
  readonly add: (first: A, ...others: A[]) => A;
  /** a - b, of one shape. */
  readonly subtract: (a: A, b: A) => A;
  /** The array times a plain number, which does not depend on the state; by a 1 x 1 array: `multiply` or `hadamard`. */
  readonly scale: (a: A, factor: number) => A;
  /** The product entry by entry, of two arrays of one shape. */
  readonly hadamard: (a: A, b: A) => A;
  /** Inverse of a square matrix, k x k. Throws RangeError when it is singular. */
  readonly inverse: (a: A) => A;
  /**
   * a^-1 b for a square a (k x k) and b (k x m), without the inverse: elimination in k^3/3 multiplications, k^3/6 in a compiled step
   * where a is symmetric, k^2/2 where it is 0 above the diagonal. No rows are swapped, so that a has to be symmetric and positive definite,
   * 0 above the diagonal, or another matrix whose leading blocks are all far from singular; for any other one, multiply by the inverse. Throws RangeError where one of them is
   * singular.
   */
  readonly solve: (a: A, b: A) => A;
  /** The matrix, of any shape, with 0 above the diagonal. */
  readonly lowerTriangle: (a: A) => A;
  /** Sums down the columns: entry (i, j) is the sum of entries (1, j) to (i, j); the shape stays. */
  readonly runningSums: (a: A) => A;
  /** max(x, 0) of every entry x. */
  readonly relu: (a: A) => A;
  /** 1 where an entry is above 0, otherwise 0: the derivative of relu. */
  readonly positive: (a: A) => A;
  /** The hyperbolic tangent of every entry; its derivative is 1 - tanh^2. */
  readonly tanh: (a: A) => A;
  /** The function of every entry, with its derivatives; the shape stays. Slower than those above. */
  readonly map: (a: A, f: ScalarFunction) => A;
}
