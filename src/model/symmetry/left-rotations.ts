import { fromData, multiply, svd, transpose, type Matrix } from '#linalg';
import type { RotationGroup } from '../rule.js';
import { ProcrustesProjection } from './procrustes.js';

/** O(k) for states of one array Theta with a row for each hidden unit: R.[Theta] = [R Theta]. */
export const leftRotations: RotationGroup = {
  act: (rotation, [theta]) => [multiply(rotation, theta)],
  projection: ([referencePoint], units) => new ProcrustesProjection(referencePoint, units),
  withoutSilentUnits: ([theta]) => [rowSpace(theta)],
};

/** Singular values of Theta below this share of the largest belong to silent units. */
const SILENT = 1e-6;

/** U^T a of the singular value decomposition a = U S V^T, without the rows that vanish. */
function rowSpace(a: Matrix): Matrix {
  const { s, v } = svd(a);
  const rank = s.filter((value) => value > SILENT * s[0]).length;
  const directions = transpose(v);
  return fromData(
    rank,
    a.cols,
    directions.data.slice(0, rank * a.cols).map((value, at) => value * s[Math.floor(at / a.cols)]),
  );
}
