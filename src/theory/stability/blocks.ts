import { MAX_MODES, type ModeBlocks } from '../solvers/commuting/hessian-blocks.js';
import type { CommutingModes } from '../solvers/commuting/modes.js';

/** Variables of a block: X_ac, Z_ac, X_ca, Z_ca; the latter two only where c is learned. */
export const VARIABLES = 4;

/** The normal space of the cells (a, c) and (c, a), a < r and c > a: orthonormal vectors over its variables. */
export interface NormalBlock {
  readonly a: number;
  readonly c: number;
  /** Place of its k^2 numbers in the list. */
  readonly offset: number;
  readonly vectors: readonly Float64Array[];
  readonly curvatures: readonly number[];
}

/**
 * Where the second moments of a commuting task stand in a list: those within each block, and those of all cells (a, a) together, of the
 * modes (X_aa + Z_aa) / sqrt(2) and (X_aa - Z_aa) / sqrt(2) for each a. Modes without gradient noise are among them: the Hessian of a
 * sample couples them to the others.
 */
export interface BlockLayout {
  readonly pairs: readonly NormalBlock[];
  /** Place of the (2 r)^2 numbers of the cells (a, a). */
  readonly diagonal: number;
  readonly diagonalCurvatures: Float64Array;
  readonly size: number;
}

export function blockLayout(modes: CommutingModes, blocks: ModeBlocks): BlockLayout {
  const { rank, columns, singularValues: s, variance, weightDecay: gamma } = modes;
  const pairs: NormalBlock[] = [];
  let offset = 0;
  for (let a = 0; a < rank; a++) {
    for (let c = a + 1; c < columns; c++) {
      const { vectors, curvatures } = normalVectors(modes, blocks, a, c);
      pairs.push({ a, c, offset, vectors, curvatures });
      offset += vectors.length ** 2;
    }
  }
  const diagonalCurvatures = Float64Array.from({ length: 2 * rank }, (_, i) =>
    i % 2 === 0 ? 2 * variance[i / 2] * s[i / 2] : 2 * gamma,
  );
  return { pairs, diagonal: offset, diagonalCurvatures, size: offset + (2 * rank) ** 2 };
}

function normalVectors(
  { rank, columns, singularValues: s, weightDecay }: CommutingModes,
  { counts, curvature, x, z }: ModeBlocks,
  a: number,
  c: number,
): Pick<NormalBlock, 'vectors' | 'curvatures'> {
  const vectors: Float64Array[] = [];
  const curvatures: number[] = [];
  const cell = a * columns + c;
  for (let k = 0; k < counts[cell]; k++) {
    const p = cell * MAX_MODES + k;
    const q = (c * columns + a) * MAX_MODES + k;
    vectors.push(c < rank ? Float64Array.of(x[p], z[p], x[q], z[q]) : Float64Array.of(x[p], z[p], 0, 0));
    curvatures.push(curvature[p]);
  }
  if (c < rank) {
    const length = Math.sqrt(2 * (s[a] + s[c]));
    const [forA, forC] = [Math.sqrt(s[a]) / length, Math.sqrt(s[c]) / length];
    vectors.push(Float64Array.of(forC, -forC, forA, -forA));
    curvatures.push(2 * weightDecay);
  }
  return { vectors, curvatures };
}

/** A value for each number of the list, from the curvatures of its two modes and whether they are the same. */
export function perEntry(
  { pairs, diagonal, diagonalCurvatures, size }: BlockLayout,
  value: (mu: number, nu: number, same: boolean) => number,
): Float64Array {
  const result = new Float64Array(size);
  const fill = (offset: number, curvatures: ArrayLike<number>): void => {
    for (let k = 0, at = offset; k < curvatures.length; k++) {
      for (let l = 0; l < curvatures.length; l++) result[at++] = value(curvatures[k], curvatures[l], k === l);
    }
  };
  for (const { offset, curvatures } of pairs) fill(offset, curvatures);
  fill(diagonal, diagonalCurvatures);
  return result;
}

/** Writes the covariance of the variables of a block (4 x 4) from its numbers in the list. */
export function spread(into: Float64Array, list: Float64Array, { vectors, offset }: NormalBlock): void {
  into.fill(0);
  const count = vectors.length;
  for (let k = 0; k < count; k++) {
    for (let l = 0; l < count; l++) {
      const value = list[offset + k * count + l];
      if (value === 0) continue;
      for (let i = 0; i < VARIABLES; i++) {
        const factor = value * vectors[k][i];
        for (let j = 0; j < VARIABLES; j++) into[i * VARIABLES + j] += factor * vectors[l][j];
      }
    }
  }
}

/** Writes the numbers of a block to the list from a matrix over its variables. */
export function gather(list: Float64Array, { vectors, offset }: NormalBlock, matrix: Float64Array): void {
  const count = vectors.length;
  for (let k = 0; k < count; k++) {
    for (let l = 0; l < count; l++) {
      let sum = 0;
      for (let i = 0; i < VARIABLES; i++) {
        let part = 0;
        for (let j = 0; j < VARIABLES; j++) part += matrix[i * VARIABLES + j] * vectors[l][j];
        sum += vectors[k][i] * part;
      }
      list[offset + k * count + l] = sum;
    }
  }
}
