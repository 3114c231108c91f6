import { cholesky, diagonal, multiply, symmetricEigen, symmetrize, type Matrix } from '#linalg';

/** A zero-mean Gaussian part N(0, covariance), presented with probability `weight`. */
export interface GaussianPart {
  readonly weight: number;
  /** n x n, symmetric positive semidefinite. */
  readonly covariance: Matrix;
  /** n x n, covariance = factor factor^T; x = factor z with z standard normal. */
  readonly factor: Matrix;
}

/** A Gaussian part; the factor is diagonal, Cholesky, or (when singular) V sqrt(lambda). Throws RangeError if indefinite. */
export function gaussianPart(weight: number, covariance: Matrix): GaussianPart {
  const exact = symmetrize(covariance);
  return { weight, covariance: exact, factor: covarianceFactor(exact) };
}

function covarianceFactor(covariance: Matrix): Matrix {
  const n = covariance.rows;
  const isDiagonal = covariance.data.every((value, index) => value === 0 || (value > 0 && index % (n + 1) === 0));
  if (isDiagonal) {
    return diagonal(Float64Array.from({ length: n }, (_, i) => Math.sqrt(covariance.data[i * n + i])));
  }
  const lower = cholesky(covariance);
  if (lower) return lower;
  const { values, vectors } = symmetricEigen(covariance);
  const floor = -1e-10 * Math.abs(values[n - 1]);
  if (values[0] < floor) throw new RangeError(`the covariance has the negative eigenvalue ${values[0]}`);
  return multiply(vectors, diagonal(values.map((value) => Math.sqrt(Math.max(value, 0)))));
}
