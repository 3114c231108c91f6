import {
  CholeskyDecomposition,
  EigenvalueDecomposition,
  LuDecomposition,
  Matrix as MlMatrix,
  QrDecomposition,
  SingularValueDecomposition,
} from 'ml-matrix';
import { apply, column, dot, fromData, identity, multiply, transpose, zeros, type Matrix } from './matrix.js';

// ml-matrix does the decompositions; this file is the only one that knows its types.
const toMl = (a: Matrix): MlMatrix => MlMatrix.from1DArray(a.rows, a.cols, a.data);
const fromMl = (a: MlMatrix): Matrix => fromData(a.rows, a.columns, Float64Array.from(a.to1DArray()));

export interface SymmetricEigen {
  /** Ascending. */
  readonly values: Float64Array;
  /** Orthogonal; column j belongs to values[j]. */
  readonly vectors: Matrix;
}

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

/**
 * Extends (or keeps) orthonormal columns to `count` orthonormal columns by Gram-Schmidt on the coordinate axes.
 * Columns of zero norm, as an SVD of deficient rank leaves them, are replaced.
 */
export function completeColumns(a: Matrix, count: number): Matrix {
  const columns: Float64Array[] = [];
  const missing: number[] = [];
  for (let j = 0; j < count; j++) {
    const candidate = j < a.cols ? column(a, j) : new Float64Array(a.rows);
    if (Math.abs(dot(candidate, candidate) - 1) < 1e-8) columns[j] = candidate;
    else missing.push(j);
  }
  let axis = 0;
  for (const j of missing) {
    let best: Float64Array | null = null;
    const known = columns.filter((values) => (values as Float64Array | undefined) !== undefined);
    while (best === null) {
      if (axis >= a.rows) throw new RangeError(`${a.rows} rows hold no ${count} orthonormal columns`);
      const candidate = new Float64Array(a.rows);
      candidate[axis++] = 1;
      // Twice is enough (Kahan): the second pass removes what rounding left of the first.
      for (let pass = 0; pass < 2; pass++) {
        for (const direction of known) {
          const overlap = dot(direction, candidate);
          for (let i = 0; i < a.rows; i++) candidate[i] -= overlap * direction[i];
        }
      }
      const length = Math.sqrt(dot(candidate, candidate));
      if (length > 1e-2 / Math.sqrt(a.rows)) best = candidate.map((value) => value / length);
    }
    columns[j] = best;
  }
  const result = zeros(a.rows, count);
  columns.forEach((values, j) => {
    for (let i = 0; i < a.rows; i++) result.data[i * count + j] = values[i];
  });
  return result;
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

/**
 * Orthogonal polar factor of a (m x n, m >= n): the matrix with orthonormal columns nearest to a,
 * u v^T of its SVD (orthogonal Procrustes).
 */
export function polarFactor(a: Matrix): Matrix {
  const { u, v } = svd(a);
  return multiply(u, transpose(v));
}

/** Moore-Penrose solution of a symmetric positive semidefinite system: eigenvalues below `floor` count as zero. */
export function solveSemidefinite({ values, vectors }: SymmetricEigen, b: Float64Array, floor: number): Float64Array {
  const coefficients = apply(transpose(vectors), b).map((value, i) => (values[i] > floor ? value / values[i] : 0));
  return apply(vectors, coefficients);
}
