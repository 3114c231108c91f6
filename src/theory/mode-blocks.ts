import { fromData, symmetricEigen } from '#linalg';
import type { CommutingModes } from './commuting-modes.js';
import { refuseFlat } from './normal-space.js';

/** Most normal modes of a block. */
export const MOST = 3;

/**
 * The normal space of a commuting task, block by block. Cell (a, c), a < r, c < W, is the place of X_ac and Z_ac. Cells
 * (a, c) and (c, a) of two learned modes form one block of 4 variables (3 normal modes and one rotation), which is seen
 * from both; a cell (a, a) and one with an unlearned column is a block of its own (2 modes, or 1 where the column has no
 * input or no output). Mode k of cell (a, c) stands at (a W + c) MOST + k in every array; the order of the modes of a
 * block is the same from both cells.
 *
 * The gradient noise of a block is driven by P = e_a x_c and Q = e_c x_a, seen from cell (a, c), means removed:
 * xi_k = fromP_k P + fromQ_k Q. (A diagonal cell has P only.)
 */
export interface ModeBlocks {
  /** Normal modes in the cell, r W. */
  readonly counts: Uint8Array;
  /** mu. */
  readonly curvature: Float64Array;
  /** Components X_ac and Z_ac of the mode. */
  readonly x: Float64Array;
  readonly z: Float64Array;
  readonly fromP: Float64Array;
  readonly fromQ: Float64Array;
}

/** Whether the cell stands for its block; the other cell of a pair repeats it. */
export const isFirst = (a: number, c: number, rank: number): boolean => c >= a || c >= rank;

/**
 * Blocks of theory section 7. Learned pair (a, b):
 *   1/2 l_b (sqrt(s_a) X_ab + sqrt(s_b) Z_ba)^2 + 1/2 l_a (sqrt(s_b) X_ba + sqrt(s_a) Z_ab)^2
 *     + gamma/2 [(X_ab - Z_ab)^2 + (X_ba - Z_ba)^2];
 * a = b: 1/2 l s (X + Z)^2 + gamma/2 (X - Z)^2; learned a, unlearned j:
 *   1/2 (l_j s_a + gamma) X^2 + 1/2 (l_a s_a + gamma) Z^2 - l_j rho_j X Z.
 *
 * Throws TheoryDomainError where the loss is flat beyond the rotations. O(r W) time and memory.
 */
export function modeBlocks(modes: CommutingModes): ModeBlocks {
  const { rank, columns } = modes;
  const size = rank * columns * MOST;
  const blocks: ModeBlocks = {
    counts: new Uint8Array(rank * columns),
    curvature: new Float64Array(size),
    x: new Float64Array(size),
    z: new Float64Array(size),
    fromP: new Float64Array(size),
    fromQ: new Float64Array(size),
  };
  let flattest = Infinity;
  for (let a = 0; a < rank; a++) {
    diagonalBlock(modes, blocks, a);
    for (let b = a + 1; b < rank; b++) flattest = Math.min(flattest, pairBlock(modes, blocks, a, b));
    for (let j = rank; j < columns; j++) unlearnedBlock(modes, blocks, a, j);
  }
  checkCurvatures(modes, blocks, flattest);
  return blocks;
}

function put(blocks: ModeBlocks, at: number, curvature: number, x: number, z: number): void {
  blocks.curvature[at] = curvature;
  blocks.x[at] = x;
  blocks.z[at] = z;
}

function diagonalBlock(modes: CommutingModes, blocks: ModeBlocks, a: number): void {
  const { columns, singularValues: s, variance, weightDecay } = modes;
  const cell = a * columns + a;
  const half = Math.SQRT1_2;
  blocks.counts[cell] = 2;
  put(blocks, cell * MOST, 2 * variance[a] * s[a], half, half);
  put(blocks, cell * MOST + 1, 2 * weightDecay, half, -half);
  blocks.fromP[cell * MOST] = -2 * half * Math.sqrt(s[a]);
}

/** Fills cells (a, b) and (b, a); returns the curvature of the rotation, which is 0 up to rounding. */
function pairBlock(modes: CommutingModes, blocks: ModeBlocks, a: number, b: number): number {
  const { columns, singularValues: s, variance, weightDecay: gamma } = modes;
  const [la, lb] = [variance[a], variance[b]];
  const cross = Math.sqrt(s[a] * s[b]);
  // X_ab, Z_ab, X_ba, Z_ba.
  const hessian = Float64Array.of(
    ...[lb * s[a] + gamma, -gamma, 0, lb * cross],
    ...[-gamma, la * s[a] + gamma, la * cross, 0],
    ...[0, la * cross, la * s[b] + gamma, -gamma],
    ...[lb * cross, 0, -gamma, lb * s[b] + gamma],
  );
  const { values, vectors } = symmetricEigen(fromData(4, 4, hessian));
  const [rootA, rootB] = [Math.sqrt(s[a]), Math.sqrt(s[b])];
  const here = a * columns + b;
  const there = b * columns + a;
  blocks.counts[here] = MOST;
  blocks.counts[there] = MOST;
  for (let k = 0; k < MOST; k++) {
    const [xab, zab, xba, zba] = [0, 1, 2, 3].map((i) => vectors.data[i * 4 + k + 1]);
    put(blocks, here * MOST + k, values[k + 1], xab, zab);
    put(blocks, there * MOST + k, values[k + 1], xba, zba);
    // X_ab = -sqrt(s_a) e_a x_b, Z_ba = -sqrt(s_b) e_a x_b; X_ba = -sqrt(s_b) e_b x_a, Z_ab = -sqrt(s_a) e_b x_a.
    const ab = -(rootA * xab + rootB * zba);
    const ba = -(rootB * xba + rootA * zab);
    blocks.fromP[here * MOST + k] = ab;
    blocks.fromQ[here * MOST + k] = ba;
    blocks.fromP[there * MOST + k] = ba;
    blocks.fromQ[there * MOST + k] = ab;
  }
  return values[0];
}

function unlearnedBlock(modes: CommutingModes, blocks: ModeBlocks, a: number, j: number): void {
  const { columns, singularValues: s, variance, residual, weightDecay: gamma, hasOutput } = modes;
  const cell = a * columns + j;
  const root = Math.sqrt(s[a]);
  const forX = variance[j] * s[a] + gamma;
  const forZ = variance[a] * s[a] + gamma;
  const add = (curvature: number, x: number, z: number): void => {
    const at = cell * MOST + blocks.counts[cell]++;
    put(blocks, at, curvature, x, z);
    blocks.fromP[at] = -root * x;
    blocks.fromQ[at] = -root * z;
  };
  if (j >= modes.inputs) add(forZ, 0, 1);
  else if (!hasOutput[j]) add(forX, 1, 0);
  else {
    const coupling = -variance[j] * residual[j];
    const mean = (forX + forZ) / 2;
    const split = Math.hypot((forX - forZ) / 2, coupling);
    const angle = Math.atan2(2 * coupling, forX - forZ) / 2;
    add(mean + split, Math.cos(angle), Math.sin(angle));
    add(mean - split, -Math.sin(angle), Math.cos(angle));
  }
}

function checkCurvatures(modes: CommutingModes, blocks: ModeBlocks, flattest: number): void {
  const curvatures = blockCurvatures(modes, blocks);
  const smallest = curvatures[0];
  refuseFlat(
    modes.weightDecay,
    modes.hiddenUnits,
    Math.min(flattest, smallest),
    smallest,
    curvatures[curvatures.length - 1],
  );
}

/** All normal curvatures, ascending: r (n+m) - r (r-1)/2 of them. */
export function blockCurvatures({ rank, columns }: CommutingModes, { counts, curvature }: ModeBlocks): Float64Array {
  const found: number[] = [];
  for (let a = 0; a < rank; a++) {
    for (let c = 0; c < columns; c++) {
      if (!isFirst(a, c, rank)) continue;
      const cell = a * columns + c;
      for (let k = 0; k < counts[cell]; k++) found.push(curvature[cell * MOST + k]);
    }
  }
  return Float64Array.from(found).sort();
}
