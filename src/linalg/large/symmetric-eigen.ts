import { zeros, type Matrix } from '../matrix.js';
import { RowRotations } from './rotation-kernel.js';
import { tridiagonal, type Tridiagonal } from './tridiagonal.js';

/** Sweeps for one eigenvalue; two are usual. */
const MAX_SWEEPS = 60;

/** An off-diagonal entry counts as 0 below this share of the norm. */
const EPSILON = 2 ** -52;

export interface SymmetricEigen {
  /** Ascending. */
  readonly values: Float64Array;
  /** Orthogonal; column j belongs to values[j]. */
  readonly vectors: Matrix;
}

/**
 * Eigenvalues (ascending) and orthonormal eigenvectors of a large symmetric matrix: Householder's reduction, then the implicit QL method.
 * Errors are of the order of rounding of the largest eigenvalue. Throws RangeError where the method does not converge, as for entries
 * that are not finite. O(n^3) time: some 10^-9 n^3 seconds; 3 n^2 numbers.
 */
export function largeSymmetricEigen(a: Matrix): SymmetricEigen {
  const n = a.rows;
  const reduced = tridiagonal(a);
  diagonalize(reduced, n);
  const { d, basis } = reduced;
  const order = Int32Array.from(d, (_, i) => i).sort((p, q) => d[p] - d[q] || p - q);
  const vectors = zeros(n, n);
  order.forEach((from, to) => {
    for (let k = 0; k < n; k++) vectors.data[k * n + to] = basis[from * n + k];
  });
  return { values: Float64Array.from(order, (from) => d[from]), vectors };
}

/** Makes d the eigenvalues, and the rows of the basis their vectors. */
function diagonalize({ d, e, basis }: Tridiagonal, n: number): void {
  const rotations = new RowRotations(basis, n);
  let norm = 0;
  for (let i = 0; i < n; i++) norm = Math.max(norm, Math.abs(d[i]) + Math.abs(e[i]));
  if (!Number.isFinite(norm)) throw new RangeError('the eigenvalues do not converge');
  for (let l = 0; l < n; l++) {
    for (let sweeps = 0; ; sweeps++) {
      let m = l;
      while (m < n - 1 && Math.abs(e[m]) > EPSILON * norm) m++;
      if (m === l) break;
      if (sweeps === MAX_SWEEPS) throw new RangeError('the eigenvalues do not converge');
      sweep(d, e, l, m, rotations);
    }
  }
  rotations.apply();
}

/** One implicit step of the QL method on rows l to m, with Wilkinson's shift. */
function sweep(d: Float64Array, e: Float64Array, l: number, m: number, rotations: RowRotations): void {
  const half = (d[l + 1] - d[l]) / (2 * e[l]);
  const root = Math.sqrt(half * half + 1);
  let g = d[m] - d[l] + e[l] / (half + (half < 0 ? -root : root));
  let [sine, cosine, p] = [1, 1, 0];
  for (let i = m - 1; i >= l; i--) {
    const f = sine * e[i];
    const b = cosine * e[i];
    const length = Math.sqrt(f * f + g * g);
    e[i + 1] = length;
    if (length === 0) {
      d[i + 1] -= p;
      e[m] = 0;
      return;
    }
    sine = f / length;
    cosine = g / length;
    g = d[i + 1] - p;
    const r = (d[i] - g) * sine + 2 * cosine * b;
    p = sine * r;
    d[i + 1] = g + p;
    g = cosine * r - b;
    rotations.add(i, cosine, sine);
  }
  d[l] -= p;
  e[l] = g;
  e[m] = 0;
}
