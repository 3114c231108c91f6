import type { CommutingModes } from '../solvers/commuting/modes.js';
import { VARIABLES } from './blocks.js';

/** Rows that a sample multiplies (`denseSecondMoments`): those of G, of beta = dM, and of X. */
export const ROWS = 3;
export const [G, BETA, X] = [0, 1, 2];

/** The products of two of them, which are symmetric. */
export const PRODUCTS = [
  [G, G],
  [G, BETA],
  [G, X],
  [BETA, BETA],
  [BETA, X],
  [X, X],
] as const;

/** Place of the product of rows t <= u among these. */
export const productOf = (t: number, u: number): number => (t * (2 * ROWS - 1 - t)) / 2 + u;

/** G_ac, beta_ac, X_ac, G_ca, beta_ca, X_ca as forms in the variables X_ac, Z_ac, X_ca, Z_ca (6 x 4), a < r. */
export function blockForms(modes: CommutingModes, a: number, c: number): Float64Array {
  const { rank, singularValues: s, residual, hasOutput, inputs: n } = modes;
  const ra = Math.sqrt(s[a]);
  if (c >= rank) {
    const rho = c < n && hasOutput[c] ? residual[c] : 0;
    return Float64Array.of(s[a], -rho, 0, 0, ra, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, ra, 0, 0, 0, 0, 0, 0);
  }
  const rc = Math.sqrt(s[c]);
  return Float64Array.of(
    ...[s[a], -residual[c], 0, ra * rc],
    ...[ra, 0, 0, rc],
    ...[1, 0, 0, 0],
    ...[0, ra * rc, s[c], -residual[a]],
    ...[0, ra, rc, 0],
    ...[0, 0, 1, 0],
  );
}

/** Rows of a block that are not zero, and the variables that they have. */
const ROWS_OF_PAIR = [0, 1, 2, 3, 4, 5];
const ROWS_OF_UNLEARNED = [0, 1, 2, 4];

/** Covariances of the six rows of a block (6 x 6) from that of its variables (4 x 4). */
export function rowCovariances(
  into: Float64Array,
  forms: Float64Array,
  covariance: Float64Array,
  learned: boolean,
): void {
  const present = learned ? ROWS_OF_PAIR : ROWS_OF_UNLEARNED;
  const variables = learned ? VARIABLES : VARIABLES / 2;
  const count = 2 * ROWS;
  if (!learned) into.fill(0);
  for (const t of present) {
    for (const u of present) {
      if (u < t) continue;
      let sum = 0;
      for (let i = 0; i < variables; i++) {
        const factor = forms[t * VARIABLES + i];
        if (factor === 0) continue;
        let part = 0;
        for (let j = 0; j < variables; j++) part += covariance[i * VARIABLES + j] * forms[u * VARIABLES + j];
        sum += factor * part;
      }
      into[t * count + u] = into[u * count + t] = sum;
    }
  }
}

/** G_aa, beta_aa and X_aa as forms in the modes (X_aa + Z_aa) / sqrt(2) and (X_aa - Z_aa) / sqrt(2) (3 x 2). */
export function diagonalForms({ singularValues: s, residual }: CommutingModes, a: number): Float64Array {
  const root = Math.sqrt(s[a]);
  const [x, z] = [s[a], s[a] - residual[a]];
  return Float64Array.of(x + z, x - z, 2 * root, 0, 1, 1).map((value) => value * Math.SQRT1_2);
}
