import type { Estimate } from '#core';
import {
  add as sumOf,
  diagonal,
  dot,
  fromData,
  multiply,
  symmetricEigen,
  trace,
  transpose,
  zeros,
  type Matrix,
} from '#linalg';

/**
 * Cov(omega_ab, omega_cd) per step over the P = r (r-1)/2 planes (rad^2), in the form that its path makes:
 * - dense: P x P;
 * - diagonal: P variances. Where the input is symmetric under each reflection x~_a -> -x~_a and the task shares its axes,
 *   the reflection turns omega_ab into -omega_ab and leaves its law: planes are uncorrelated;
 * - sampled: T independent rotations (T x P, zero mean over plus and minus), whose mean square is the tensor without bias.
 */
export type RotationCovariance =
  | { readonly kind: 'dense'; readonly matrix: Matrix }
  | { readonly kind: 'diagonal'; readonly variances: Float64Array }
  | { readonly kind: 'sampled'; readonly rotations: Matrix };

/** The tensor over pairs of planes, P x P. Throws RangeError when it takes more than 4 GB. O(P^2), sampled O(T P^2). */
export function denseCovariance(covariance: RotationCovariance): Matrix {
  if (covariance.kind === 'dense') return covariance.matrix;
  const planes = covariance.kind === 'diagonal' ? covariance.variances.length : covariance.rotations.cols;
  if (8 * planes ** 2 > 4e9) throw new RangeError(`the rotation tensor of ${planes} planes takes more than 4 GB`);
  const matrix = zeros(planes, planes);
  if (covariance.kind === 'diagonal') {
    covariance.variances.forEach((variance, p) => {
      matrix.data[p * planes + p] = variance;
    });
    return matrix;
  }
  const { rows, data } = covariance.rotations;
  for (let t = 0; t < rows; t++) {
    for (let p = 0; p < planes; p++) {
      const factor = data[t * planes + p] / rows;
      for (let q = 0; q < planes; q++) matrix.data[p * planes + q] += factor * data[t * planes + q];
    }
  }
  return matrix;
}

/** Principal directions of the tensor: columns of a P x P matrix, or planes themselves, by number. */
export type PrincipalDirections = Matrix | Int32Array;

/**
 * Eigenvalues (ascending) and directions of the tensor. O(P^3) when dense, O(P log P) when diagonal. A sampled tensor has
 * none to show: T samples in P dimensions spread the eigenvalues.
 */
export function principalDirectionsOf(covariance: RotationCovariance): {
  values: Float64Array;
  directions: PrincipalDirections;
} {
  switch (covariance.kind) {
    case 'dense': {
      const { values, vectors } = symmetricEigen(covariance.matrix);
      return { values, directions: vectors };
    }
    case 'diagonal': {
      const { variances } = covariance;
      const directions = Int32Array.from(variances, (_, plane) => plane).sort((p, q) => variances[p] - variances[q]);
      return { values: Float64Array.from(directions, (plane) => variances[plane]), directions };
    }
    case 'sampled':
      return { values: new Float64Array(0), directions: new Int32Array(0) };
  }
}

/** The tensor that has the given variances along directions as `principalDirectionsOf` returns them. */
export function covarianceAlong(variances: Float64Array, directions: PrincipalDirections): RotationCovariance {
  if (!(directions instanceof Int32Array)) {
    return { kind: 'dense', matrix: multiply(directions, diagonal(variances), transpose(directions)) };
  }
  const ofPlanes = new Float64Array(directions.length);
  directions.forEach((plane, d) => {
    ofPlanes[plane] = variances[d];
  });
  return { kind: 'diagonal', variances: ofPlanes };
}

/**
 * Covariance of the displacement omega c of a representation c per step, r x r (activation^2 per step):
 * sum Cov(omega_ab, omega_cd) (Omega_ab c)(Omega_cd c)^T. Its trace is D. O(P^2) dense, O(P) diagonal, O(T r^2) sampled.
 */
export function displacementCovariance(covariance: RotationCovariance, c: ArrayLike<number>): Matrix {
  const rank = c.length;
  const result = zeros(rank, rank);
  const { data } = result;
  switch (covariance.kind) {
    case 'diagonal':
      forPlanes(rank, (a, b, plane) => {
        const variance = covariance.variances[plane];
        data[a * rank + a] += variance * c[b] * c[b];
        data[b * rank + b] += variance * c[a] * c[a];
        data[a * rank + b] -= variance * c[a] * c[b];
        data[b * rank + a] -= variance * c[a] * c[b];
      });
      return result;
    case 'sampled': {
      const { rows, cols, data: rotations } = covariance.rotations;
      for (let t = 0; t < rows; t++) {
        const moved = turned(rotations.subarray(t * cols, (t + 1) * cols), c);
        for (let a = 0; a < rank; a++) {
          for (let b = 0; b < rank; b++) data[a * rank + b] += (moved[a] * moved[b]) / rows;
        }
      }
      return result;
    }
    case 'dense': {
      // Row p of the tensor as a rotation: (K J)_p, then J^T (K J).
      const { matrix } = covariance;
      forPlanes(rank, (a, b, plane) => {
        const moved = turned(matrix.data.subarray(plane * matrix.cols, (plane + 1) * matrix.cols), c);
        for (let k = 0; k < rank; k++) {
          data[a * rank + k] += c[b] * moved[k];
          data[b * rank + k] -= c[a] * moved[k];
        }
      });
      return fromData(rank, rank, data);
    }
  }
}

/** sum omega_ab Omega_ab c, where Omega_ab c = c_b e_a - c_a e_b: the motion of the representation c (r numbers). */
export function turned(omega: ArrayLike<number>, c: ArrayLike<number>): Float64Array {
  const moved = new Float64Array(c.length);
  forPlanes(c.length, (a, b, plane) => {
    moved[a] += omega[plane] * c[b];
    moved[b] -= omega[plane] * c[a];
  });
  return moved;
}

/** Variance of omega_ab per step in each plane, P (rad^2). O(P), sampled O(T P). */
export function planeVariances(covariance: RotationCovariance): Float64Array {
  switch (covariance.kind) {
    case 'dense': {
      const { rows, data } = covariance.matrix;
      return Float64Array.from({ length: rows }, (_, p) => data[p * rows + p]);
    }
    case 'diagonal':
      return covariance.variances;
    case 'sampled': {
      const { rows, cols, data } = covariance.rotations;
      const variances = new Float64Array(cols);
      for (let at = 0; at < data.length; at++) variances[at % cols] += (data[at] * data[at]) / rows;
      return variances;
    }
  }
}

/**
 * E omega x omega = sum Cov(omega_ab, omega_cd) Omega_ab x Omega_cd for a matrix x (r x r). O(P^2) dense, O(P) diagonal,
 * O(T r^3) sampled.
 */
export function rotateBothSides(covariance: RotationCovariance, x: Matrix): Matrix {
  const rank = x.rows;
  const result = zeros(rank, rank);
  /** Omega_ab = E_ab - E_ba. */
  const add = (value: number, a: number, b: number, c: number, d: number): void => {
    result.data[a * rank + d] += value * x.data[b * rank + c];
    result.data[a * rank + c] -= value * x.data[b * rank + d];
    result.data[b * rank + d] -= value * x.data[a * rank + c];
    result.data[b * rank + c] += value * x.data[a * rank + d];
  };
  switch (covariance.kind) {
    case 'diagonal':
      forPlanes(rank, (a, b, plane) => {
        add(covariance.variances[plane], a, b, a, b);
      });
      return result;
    case 'dense': {
      const { cols, data } = covariance.matrix;
      forPlanes(rank, (a, b, p) => {
        forPlanes(rank, (c, d, q) => {
          add(data[p * cols + q], a, b, c, d);
        });
      });
      return result;
    }
    case 'sampled': {
      const { rows, cols, data } = covariance.rotations;
      const omega = zeros(rank, rank);
      let sum = result;
      for (let t = 0; t < rows; t++) {
        forPlanes(rank, (a, b, plane) => {
          omega.data[a * rank + b] = data[t * cols + plane];
          omega.data[b * rank + a] = -data[t * cols + plane];
        });
        sum = sumOf(sum, multiply(omega, x, omega), 1 / rows);
      }
      return sum;
    }
  }
}

/**
 * D = sum Cov(omega_ab, omega_cd) (Omega_ab c).(Omega_cd c) = E |omega c|^2 (activation^2 per step), with a standard error
 * where the tensor is sampled, 0 where it is exact. O(P^2) dense, O(P) diagonal, O(T P) sampled.
 */
export function diffusionOf(covariance: RotationCovariance, c: ArrayLike<number>): Estimate {
  if (covariance.kind !== 'sampled') return { value: trace(displacementCovariance(covariance, c)), se: 0 };
  const { rows, cols, data } = covariance.rotations;
  const squares = Float64Array.from({ length: rows }, (_, t) => {
    const moved = turned(data.subarray(t * cols, (t + 1) * cols), c);
    return dot(moved, moved);
  });
  const value = squares.reduce((sum, square) => sum + square, 0) / rows;
  const scatter = squares.reduce((sum, square) => sum + (square - value) ** 2, 0);
  return { value, se: Math.sqrt(scatter / (rows * (rows - 1))) };
}

/** All planes (a, b), a < b < rank, in the order of `planes`. */
function forPlanes(rank: number, visit: (a: number, b: number, plane: number) => void): void {
  let plane = 0;
  for (let a = 0; a < rank; a++) for (let b = a + 1; b < rank; b++) visit(a, b, plane++);
}
