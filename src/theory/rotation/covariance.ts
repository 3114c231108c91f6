import type { Estimate } from '#core';
import type { Matrix } from '#linalg';

/**
 * The rotation diffusion tensor Cov(omega_ab, omega_cd) per step over the P = r (r-1)/2 planes (rad^2): a P x P matrix that
 * each path of the theory holds in the form in which it is computed, `DenseCovariance`, `DiagonalCovariance` or
 * `SampledCovariance`. Below, T is the number of samples of a sampled one.
 */
export interface RotationCovariance {
  /** The tensor itself, P x P. Throws RangeError when it takes more than 4 GB. O(P^2), sampled O(T P^2). */
  dense(): Matrix;
  /** Variance of omega_ab per step in each plane, P (rad^2). O(P), sampled O(T P). */
  planeVariances(): Float64Array;
  /**
   * Eigenvalues (ascending) and directions of the tensor. O(P^3) dense, O(P log P) diagonal. A sampled tensor has none to
   * show: T samples in P dimensions scatter the eigenvalues.
   */
  principalDirections(): { readonly values: Float64Array; readonly directions: PrincipalDirections };
  /**
   * Covariance of the displacement omega c of a representation c per step, r x r (activation^2 per step):
   * sum Cov(omega_ab, omega_cd) (Omega_ab c)(Omega_cd c)^T. Its trace is D. O(P^2) dense, O(P) diagonal, O(T r^2) sampled.
   */
  displacementCovariance(c: ArrayLike<number>): Matrix;
  /**
   * D = E |omega c|^2 = sum Cov(omega_ab, omega_cd) (Omega_ab c).(Omega_cd c) of a representation c (activation^2 per step),
   * with its standard error: 0 unless the tensor is sampled. O(P^2) dense, O(P) diagonal, O(T P) sampled.
   */
  diffusionOf(c: ArrayLike<number>): Estimate;
  /**
   * E omega x omega = sum Cov(omega_ab, omega_cd) Omega_ab x Omega_cd for a matrix x (r x r). O(P^2) dense, O(P) diagonal,
   * O(T r^3) sampled.
   */
  rotateBothSides(x: Matrix): Matrix;
  /**
   * E omega^2 = sum Cov(omega_ab, omega_cd) Omega_ab Omega_cd (r x r) from as many equal and independent parts of the samples as
   * there are matrices; one matrix where nothing is sampled. O(P^2) dense, O(P) diagonal, O(T r^3) sampled.
   */
  meanSquares(rank: number): readonly Matrix[];
}

/** Principal directions of the tensor: columns of a P x P matrix, or planes themselves, by number. */
export type PrincipalDirections = Matrix | Int32Array;

/** Throws RangeError when a P x P matrix takes more than 4 GB. */
export function assertDenseAllowed(planes: number): void {
  if (8 * planes ** 2 > 4e9) throw new RangeError(`the rotation tensor of ${planes} planes takes more than 4 GB`);
}

/** Adds value Omega_ab x Omega_cd to `result`, both r x r. */
export function addRotated(result: Matrix, x: Matrix, value: number, a: number, b: number, c: number, d: number): void {
  const rank = x.rows;
  result.data[a * rank + d] += value * x.data[b * rank + c];
  result.data[a * rank + c] -= value * x.data[b * rank + d];
  result.data[b * rank + d] -= value * x.data[a * rank + c];
  result.data[b * rank + c] += value * x.data[a * rank + d];
}
