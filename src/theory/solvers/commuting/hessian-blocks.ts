import { assertCurved } from '../../domain.js';
import type { CommutingModes } from './modes.js';

/** Normal modes of a block that noise reaches, at most. */
export const MAX_MODES = 2;

/**
 * The normal space of a commuting task, block by block. Cell (a, c), a < r, c < W, is the place of X_ac and Z_ac. Cells
 * (a, c) and (c, a) of two learned modes form one block, which both describe; a cell (a, a), or one with an unlearned column, is
 * a block by itself. Mode k of cell (a, c) stands at (a W + c) MAX_MODES + k in every array, and the modes of a block have the
 * same order in both cells.
 *
 * The gradient noise of a block is driven by P = e_a x_c and Q = e_c x_a in the names of cell (a, c), means removed:
 * xi_k = fromP_k P + fromQ_k Q. (A diagonal cell has P only.) Modes without noise are left out: they do not fluctuate.
 */
export interface ModeBlocks {
  /** Modes in the cell, r W. */
  readonly counts: Uint8Array;
  /** mu. */
  readonly curvature: Float64Array;
  /** Components X_ac and Z_ac of the mode. */
  readonly x: Float64Array;
  readonly z: Float64Array;
  readonly fromP: Float64Array;
  readonly fromQ: Float64Array;
}

/**
 * The Hessian of a pair of learned modes a, b, in (X_ab, Z_ab, X_ba, Z_ba):
 *   1/2 l_b (sqrt(s_a) X_ab + sqrt(s_b) Z_ba)^2 + 1/2 l_a (sqrt(s_b) X_ba + sqrt(s_a) Z_ab)^2
 *     + gamma/2 [(X_ab - Z_ab)^2 + (X_ba - Z_ba)^2].
 * Beside the rotation it has the eigenvector (sqrt(s_b), -sqrt(s_b), sqrt(s_a), -sqrt(s_a)) of curvature 2 gamma, at which
 * there is no noise. With g = s_a + s_b, the remaining space is spanned by p = (sqrt(s_a) X_ab + sqrt(s_b) Z_ba) / sqrt(g), where
 * the noise is -sqrt(g) e_a x_b, and q = (sqrt(s_a) Z_ab + sqrt(s_b) X_ba) / sqrt(g), where it is -sqrt(g) e_b x_a:
 *   H = [ l_b g + gamma, -gamma; -gamma, l_a g + gamma ].
 * a = b: curvature 2 l s of (X + Z) / sqrt(2), and 2 gamma of (X - Z) / sqrt(2), without noise. Learned a, unlearned j:
 *   H = [ l_j s_a + gamma, -l_j rho_j; -l_j rho_j, l_a s_a + gamma ] for (X_aj, Z_aj).
 *
 * Throws TheoryDomainError where the loss is flat beyond the rotations. O(r W) time and memory.
 */
export function modeBlocks(modes: CommutingModes): ModeBlocks {
  const { rank, columns } = modes;
  const size = rank * columns * MAX_MODES;
  const blocks: ModeBlocks = {
    counts: new Uint8Array(rank * columns),
    curvature: new Float64Array(size),
    x: new Float64Array(size),
    z: new Float64Array(size),
    fromP: new Float64Array(size),
    fromQ: new Float64Array(size),
  };
  for (let a = 0; a < rank; a++) {
    diagonalBlock(modes, blocks, a);
    for (let b = a + 1; b < rank; b++) pairBlock(modes, blocks, a, b);
    for (let j = rank; j < columns; j++) unlearnedBlock(modes, blocks, a, j);
  }
  const curvatures = blockCurvatures(modes, blocks);
  const smallest = curvatures[0];
  assertCurved(modes, { lowest: smallest, smallest, largest: curvatures[curvatures.length - 1] });
  return blocks;
}

function put(blocks: ModeBlocks, at: number, curvature: number, x: number, z: number): void {
  blocks.curvature[at] = curvature;
  blocks.x[at] = x;
  blocks.z[at] = z;
}

function diagonalBlock(modes: CommutingModes, blocks: ModeBlocks, a: number): void {
  const { columns, singularValues: s, variance } = modes;
  const cell = a * columns + a;
  blocks.counts[cell] = 1;
  put(blocks, cell * MAX_MODES, 2 * variance[a] * s[a], Math.SQRT1_2, Math.SQRT1_2);
  blocks.fromP[cell * MAX_MODES] = -Math.sqrt(2 * s[a]);
}

/** Fills cells (a, b) and (b, a). */
function pairBlock(modes: CommutingModes, blocks: ModeBlocks, a: number, b: number): void {
  const { columns, singularValues: s, variance, weightDecay: gamma } = modes;
  const [la, lb] = [variance[a], variance[b]];
  const g = s[a] + s[b];
  // The determinant, without cancellation.
  const pair = eigenPair(lb * g + gamma, la * g + gamma, -gamma, g * (la * lb * g + gamma * (la + lb)));
  const [shareA, shareB, root] = [Math.sqrt(s[a] / g), Math.sqrt(s[b] / g), Math.sqrt(g)];
  const here = a * columns + b;
  const there = b * columns + a;
  blocks.counts[here] = MAX_MODES;
  blocks.counts[there] = MAX_MODES;
  pair.forEach(({ value, first, second }, k) => {
    put(blocks, here * MAX_MODES + k, value, shareA * first, shareA * second);
    put(blocks, there * MAX_MODES + k, value, shareB * second, shareB * first);
    blocks.fromP[here * MAX_MODES + k] = -root * first;
    blocks.fromQ[here * MAX_MODES + k] = -root * second;
    blocks.fromP[there * MAX_MODES + k] = -root * second;
    blocks.fromQ[there * MAX_MODES + k] = -root * first;
  });
}

function unlearnedBlock(modes: CommutingModes, blocks: ModeBlocks, a: number, j: number): void {
  const { columns, singularValues: s, variance, residual, weightDecay: gamma, hasOutput } = modes;
  const cell = a * columns + j;
  const root = Math.sqrt(s[a]);
  const forX = variance[j] * s[a] + gamma;
  const forZ = variance[a] * s[a] + gamma;
  const add = (curvature: number, x: number, z: number): void => {
    const at = cell * MAX_MODES + blocks.counts[cell]++;
    put(blocks, at, curvature, x, z);
    blocks.fromP[at] = -root * x;
    blocks.fromQ[at] = -root * z;
  };
  if (j >= modes.inputs) add(forZ, 0, 1);
  else if (!hasOutput[j]) add(forX, 1, 0);
  else {
    const coupling = -variance[j] * residual[j];
    const pair = eigenPair(forX, forZ, coupling, forX * forZ - coupling * coupling);
    for (const { value, first, second } of pair) add(value, first, second);
  }
}

/** Eigenvalues and unit eigenvectors of [a, c; c, b] with positive a + b and the given determinant, the larger value first. */
function eigenPair(a: number, b: number, c: number, determinant: number) {
  const half = (a - b) / 2;
  const length = Math.hypot(half, c);
  const large = (a + b) / 2 + length;
  // Cosine and sine of half the angle of (half, c), each from the sum that does not cancel.
  const longer = length > 0 ? Math.sqrt((length + Math.abs(half)) / (2 * length)) : 1;
  const shorter = length > 0 ? Math.abs(c) / (2 * length * longer) : 0;
  const sign = c < 0 ? -1 : 1;
  const cosine = half < 0 ? shorter : longer;
  const sine = sign * (half < 0 ? longer : shorter);
  return [
    { value: large, first: cosine, second: sine },
    { value: determinant / large, first: -sine, second: cosine },
  ];
}

/** All normal curvatures, ascending, those without noise included: r (n+m) - r (r-1)/2 of them. */
export function blockCurvatures(
  { rank, columns, weightDecay }: CommutingModes,
  { counts, curvature }: ModeBlocks,
): Float64Array {
  const noiseFree = (rank * (rank + 1)) / 2;
  const found: number[] = Array.from({ length: noiseFree }, () => 2 * weightDecay);
  for (let a = 0; a < rank; a++) {
    for (let c = a; c < columns; c++) {
      const cell = a * columns + c;
      for (let k = 0; k < counts[cell]; k++) found.push(curvature[cell * MAX_MODES + k]);
    }
  }
  return Float64Array.from(found).sort();
}
