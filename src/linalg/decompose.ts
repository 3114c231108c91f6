import {
  CholeskyDecomposition,
  EigenvalueDecomposition,
  LuDecomposition,
  Matrix as MlMatrix,
  QrDecomposition,
  SingularValueDecomposition,
} from 'ml-matrix';
import { completeColumns } from './complete-columns.js';
import type { SymmetricEigen } from './large/symmetric-eigen.js';
import { apply, fromData, identity, transpose, zeros, type Matrix } from './matrix.js';

// The decompositions of ml-matrix, whose types appear in this file only.
const toMl = (a: Matrix): MlMatrix => MlMatrix.from1DArray(a.rows, a.cols, a.data);
const fromMl = (a: MlMatrix): Matrix => fromData(a.rows, a.columns, Float64Array.from(a.to1DArray()));

/** Eigenvalues (ascending) and orthonormal eigenvectors of a symmetric matrix. O(n^3). */
export function symmetricEigen(a: Matrix): SymmetricEigen {
  if (a.rows === 0) return { values: new Float64Array(0), vectors: zeros(0, 0) };
  if (a.rows === 1) return { values: Float64Array.of(a.data[0]), vectors: identity(1) };
  const evd = new EigenvalueDecomposition(toMl(a), { assumeSymmetric: true });
  const order = evd.realEigenvalues.map((value, i) => ({ value, i })).sort((p, q) => p.value - q.value);
  const vectors = zeros(a.rows, a.rows);
  const raw = evd.eigenvectorMatrix;
  order.forEach(({ i: from }, to) => {
    for (let k = 0; k < a.rows; k++) vectors.data[k * a.rows + to] = raw.get(k, from);
  });
  return { values: Float64Array.from(order, ({ value }) => value), vectors };
}

/** A complex eigenvalue. */
export interface ComplexEigenvalue {
  readonly real: number;
  readonly imaginary: number;
}

/** Eigenvalues of any square matrix, by ascending real part. O(n^3). */
export function eigenvalues(a: Matrix): ComplexEigenvalue[] {
  if (a.rows === 0) return [];
  const { realEigenvalues, imaginaryEigenvalues } = new EigenvalueDecomposition(toMl(a));
  return realEigenvalues
    .map((real, i) => ({ real, imaginary: imaginaryEigenvalues[i] }))
    .sort((left, right) => left.real - right.real);
}

export interface Svd {
  /** m x k, orthonormal columns; k = min(m, n). */
  readonly u: Matrix;
  /** k singular values, descending. */
  readonly s: Float64Array;
  /** n x k, orthonormal columns. */
  readonly v: Matrix;
}

/** Thin singular value decomposition a = u diag(s) v^T, s descending. */
export function svd(a: Matrix): Svd {
  if (a.rows < a.cols) {
    const { u, s, v } = svd(transpose(a));
    return { u: v, s, v: u };
  }
  const result = new SingularValueDecomposition(toMl(a), { autoTranspose: true });
  return {
    u: completeColumns(fromMl(result.leftSingularVectors), a.cols),
    s: Float64Array.from(result.diagonal),
    v: fromMl(result.rightSingularVectors),
  };
}

/**
 * Cholesky factor L (lower triangular, a = L L^T) of a symmetric positive definite matrix, or null when a is not
 * positive definite to working precision.
 */
export function cholesky(a: Matrix): Matrix | null {
  const decomposition = new CholeskyDecomposition(toMl(a));
  return decomposition.isPositiveDefinite() ? fromMl(decomposition.lowerTriangularMatrix) : null;
}

/** Solves a x = b for square a (LU with partial pivoting); b may have many columns. Throws when a is singular. */
export function solve(a: Matrix, b: Matrix): Matrix {
  return fromMl(new LuDecomposition(toMl(a)).solve(toMl(b)));
}

/** The same, or null when a is singular. */
export function solveOrNull(a: Matrix, b: Matrix): Matrix | null {
  const decomposition = new LuDecomposition(toMl(a));
  return decomposition.isSingular() ? null : fromMl(decomposition.solve(toMl(b)));
}

/** Thin QR factorisation a (m x n, m >= n) = q (m x n) r (n x n) with diag(r) >= 0. O(m n^2). */
export function qr(a: Matrix): { q: Matrix; r: Matrix } {
  const decomposition = new QrDecomposition(toMl(a));
  const q = fromMl(decomposition.orthogonalMatrix);
  const r = fromMl(decomposition.upperTriangularMatrix);
  for (let j = 0; j < a.cols; j++) {
    if (r.data[j * a.cols + j] >= 0) continue;
    for (let k = 0; k < a.cols; k++) r.data[j * a.cols + k] *= -1;
    for (let i = 0; i < a.rows; i++) q.data[i * a.cols + j] *= -1;
  }
  return { q, r };
}

/** Moore-Penrose solution of a symmetric positive semidefinite system: eigenvalues below `floor` count as zero. */
export function solveSemidefinite({ values, vectors }: SymmetricEigen, b: Float64Array, floor: number): Float64Array {
  const coefficients = apply(transpose(vectors), b).map((value, i) => (values[i] > floor ? value / values[i] : 0));
  return apply(vectors, coefficients);
}
