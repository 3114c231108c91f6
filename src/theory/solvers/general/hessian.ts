import { maxAbs, multiply, symmetricEigen, zeros, type Matrix } from '#linalg';
import type { Model } from '#model';
import { assertCurved } from '../../domain.js';
import { coupledBlocks } from './coupled-blocks.js';
import type { ModeCoordinates } from './mode-coordinates.js';

/**
 * An eigenvector of the Hessian in the normal space, as a sparse r x (n+m) displacement [X | Z] in mode coordinates.
 * Variable (a, c) has the index a (n+m) + c; c < n is X_ac, otherwise Z_a,c-n.
 */
export interface NormalMode {
  /** mu > 0. */
  readonly curvature: number;
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

/**
 * The normal space: eigenvalues (ascending) and eigenvectors of the Hessian
 *   H [X | Z] = [ W2^T dM Sigma - Z R Sigma + gamma X | (dM Sigma W1^T - R Sigma X^T + gamma Z^T)^T ]
 * without its null space, the r (r-1)/2 rotations. The Hessian is first split into its uncoupled blocks: of size 4 or less
 * when task and input share their axes, one dense block otherwise.
 *
 * Throws TheoryDomainError when there are more flat directions than rotations or the curvature is negative.
 * O(blocks x size^3) time.
 */
export function normalSpace(model: Model, modes: ModeCoordinates): NormalMode[] {
  const entries = hessianRows(modes);
  const blocks = coupledBlocks(entries.map((row) => [...row.keys()]));
  const found: NormalMode[] = [];
  for (const indices of blocks) {
    const { values, vectors } = symmetricEigen(blockMatrix(entries, indices));
    values.forEach((curvature, k) => {
      const coefficients = Float64Array.from(indices, (_, i) => vectors.data[i * vectors.cols + k]);
      found.push({ curvature, indices, values: coefficients });
    });
  }
  found.sort((a, b) => a.curvature - b.curvature);
  const rank = modes.singularValues.length;
  const rotations = (rank * (rank - 1)) / 2;
  assertCurved(model, {
    lowest: found[0].curvature,
    smallest: found[rotations].curvature,
    largest: found[found.length - 1].curvature,
  });
  return found.slice(rotations);
}

/** Sparse rows of the Hessian in mode coordinates, where W1 = [S^(1/2) | 0] and W2^T = [S^(1/2) | 0]. */
function hessianRows(modes: ModeCoordinates): Map<number, number>[] {
  const { singularValues: s, sigma, inputs: n, outputs: m, weightDecay: gamma } = modes;
  const rank = s.length;
  const columns = n + m;
  const correlation = multiply(modes.residual, sigma);
  const negligible = 1e-13 * (maxAbs(sigma) * s[0] + gamma);
  const rows = Array.from({ length: rank * columns }, () => new Map<number, number>());
  const put = (p: number, q: number, value: number): void => {
    if (p === q || Math.abs(value) > negligible) rows[p].set(q, (rows[p].get(q) ?? 0) + value);
  };
  const root = s.map(Math.sqrt);
  for (let a = 0; a < rank; a++) {
    for (let b = 0; b < n; b++) {
      const x = a * columns + b;
      put(x, x, gamma);
      for (let d = 0; d < n; d++) put(x, a * columns + d, s[a] * sigma.data[d * n + b]);
      for (let c = 0; c < rank; c++) {
        const coupling = root[a] * root[c] * sigma.data[c * n + b];
        put(x, c * columns + n + a, coupling);
        put(c * columns + n + a, x, coupling);
      }
      for (let i = 0; i < m; i++) {
        const coupling = -correlation.data[i * n + b];
        put(x, a * columns + n + i, coupling);
        put(a * columns + n + i, x, coupling);
      }
    }
    for (let i = 0; i < m; i++) {
      const z = a * columns + n + i;
      put(z, z, gamma);
      for (let c = 0; c < rank; c++) put(z, c * columns + n + i, root[a] * root[c] * sigma.data[c * n + a]);
    }
  }
  return rows;
}

function blockMatrix(rows: readonly Map<number, number>[], indices: Int32Array): Matrix {
  const size = indices.length;
  const block = zeros(size, size);
  const position = new Map(Array.from(indices, (index, i) => [index, i]));
  indices.forEach((index, i) => {
    for (const [other, value] of rows[index]) {
      const j = position.get(other);
      if (j !== undefined) block.data[i * size + j] = value;
    }
  });
  return block;
}
