import { CELL } from '../commuting/gradient-noise.js';
import { MAX_MODES, type ModeBlocks } from '../commuting/hessian-blocks.js';
import type { CommutingModes } from '../commuting/modes.js';
import type { ReflectionSymmetric } from './symmetry.js';

/**
 * Rotation variance per step in every plane (P numbers, rad^2), for an input that is symmetric under reflections. Different
 * blocks are then uncorrelated, so that with A = cell (a, c), B = cell (b, c) and u_ij = 2 (x_i x_j + z_i z_j) / (mu_i + mu_j)
 *   Var omega_ab = (eta^3 / G_ab^2) sum_c sum_ik,jl u_ij u_kl [ S_ik C_jl + C_ik S_jl ],   S_ik = mu_i mu_k C_ik / (mu_i + mu_k),
 * i, k in A and j, l in B. In a mixture of Gaussians the diagonal blocks (a, a) and (b, b) are correlated, which adds a term.
 * O(r^2 W) time, O(r W) memory.
 */
export function rotationVariances(
  modes: CommutingModes,
  blocks: ModeBlocks,
  noise: Float64Array,
  { squareCovariance }: ReflectionSymmetric,
): Float64Array {
  const { rank, columns, singularValues: s, learningRate, batchSize, residual } = modes;
  const weighted = weightedNoise(blocks, noise);
  const variances = new Float64Array((rank * (rank - 1)) / 2);
  const cells = new CoupledCells(blocks);
  let plane = 0;
  for (let a = 0; a < rank; a++) {
    for (let b = a + 1; b < rank; b++) {
      let sum = 0;
      for (let c = 0; c < columns; c++) {
        const [here, there] = [a * columns + c, b * columns + c];
        cells.couple(here, there);
        sum += cells.sum(weighted, here, noise, there) + cells.sum(noise, here, weighted, there);
      }
      const related = (residual[a] * residual[b] * squareCovariance(a, b)) / batchSize;
      if (related !== 0) sum += acrossDiagonals(modes, blocks, noise, weighted, a, b, related);
      const metric = 2 * (s[a] + s[b]);
      variances[plane++] = (learningRate ** 3 * sum) / metric ** 2;
    }
  }
  return variances;
}

/** S_ik = mu_i mu_k C_ik / (mu_i + mu_k) within each cell. */
function weightedNoise({ curvature }: ModeBlocks, noise: Float64Array): Float64Array {
  return noise.map((value, index) => {
    if (value === 0) return 0;
    const cell = Math.floor(index / CELL);
    const i = curvature[cell * MAX_MODES + (Math.floor(index / MAX_MODES) % MAX_MODES)];
    const k = curvature[cell * MAX_MODES + (index % MAX_MODES)];
    return (value * i * k) / (i + k);
  });
}

/** The couplings u_ij of two cells in one column, and sums over them. Reused for all cells. */
class CoupledCells {
  readonly #u = new Float64Array(CELL);
  #rows = 0;
  #cols = 0;

  constructor(private readonly blocks: ModeBlocks) {}

  /** u_ij = 2 (x_i x_j + z_i z_j) / (mu_i + mu_j), i a mode of cell `here`, j of cell `there`. */
  couple(here: number, there: number): void {
    const { counts, curvature, x, z } = this.blocks;
    const u = this.#u;
    this.#rows = counts[here];
    this.#cols = counts[there];
    for (let i = 0, p = here * MAX_MODES; i < this.#rows; i++, p++) {
      for (let j = 0, q = there * MAX_MODES; j < this.#cols; j++, q++) {
        u[i * MAX_MODES + j] = (2 * (x[p] * x[q] + z[p] * z[q])) / (curvature[p] + curvature[q]);
      }
    }
  }

  /** sum u_ij u_kl left_ik right_jl. */
  sum(left: Float64Array, leftCell: number, right: Float64Array, rightCell: number): number {
    const u = this.#u;
    const rows = this.#rows;
    const cols = this.#cols;
    const l0 = leftCell * CELL;
    const r0 = rightCell * CELL;
    let sum = 0;
    for (let i = 0; i < rows; i++) {
      for (let l = 0; l < cols; l++) {
        let first = 0;
        for (let j = 0; j < cols; j++) first += u[i * MAX_MODES + j] * right[r0 + j * MAX_MODES + l];
        let second = 0;
        for (let k = 0; k < rows; k++) second += left[l0 + i * MAX_MODES + k] * u[k * MAX_MODES + l];
        sum += first * second;
      }
    }
    return sum;
  }
}

/**
 * The correlation of the columns c = a and c = b of one plane: that of the diagonal blocks (a, a) and (b, b),
 * C_jl = fromP_j fromP_l `related`, each coupled to the block of the pair (a, b).
 */
function acrossDiagonals(
  { columns }: CommutingModes,
  { counts, curvature, x, z, fromP }: ModeBlocks,
  noise: Float64Array,
  weighted: Float64Array,
  a: number,
  b: number,
  related: number,
): number {
  const pair = a * columns + b;
  const [aa, bb] = [a * columns + a, b * columns + b];
  // Row b of the pair couples to (a, a) in column a; row a of the pair to (b, b) in column b, with the opposite sign.
  const couplingsOf = (diagonal: number, cell: number): Float64Array => {
    const couplings = new Float64Array(CELL);
    for (let i = 0; i < counts[diagonal]; i++) {
      for (let j = 0; j < counts[pair]; j++) {
        const p = diagonal * MAX_MODES + i;
        const q = cell * MAX_MODES + j;
        couplings[i * MAX_MODES + j] = (2 * (x[p] * x[q] + z[p] * z[q])) / (curvature[p] + curvature[q]);
      }
    }
    return couplings;
  };
  const withA = couplingsOf(aa, b * columns + a);
  const withB = couplingsOf(bb, pair);
  let sum = 0;
  for (let i = 0; i < counts[aa]; i++) {
    for (let k = 0; k < counts[bb]; k++) {
      const [mi, mk] = [curvature[aa * MAX_MODES + i], curvature[bb * MAX_MODES + k]];
      const c = fromP[aa * MAX_MODES + i] * fromP[bb * MAX_MODES + k] * related;
      if (c === 0) continue;
      const s = (c * mi * mk) / (mi + mk);
      for (let j = 0; j < counts[pair]; j++) {
        for (let l = 0; l < counts[pair]; l++) {
          const at = pair * CELL + j * MAX_MODES + l;
          sum -= withA[i * MAX_MODES + j] * withB[k * MAX_MODES + l] * (s * noise[at] + c * weighted[at]);
        }
      }
    }
  }
  return 2 * sum;
}
