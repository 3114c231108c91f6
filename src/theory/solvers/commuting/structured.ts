import { zeros, type Matrix } from '#linalg';
import type { CommutingModes } from './modes.js';
import { isFirst, MAX_MODES, type ModeBlocks } from './hessian-blocks.js';
import { blockCount, blockNumber } from '../moments/fourth-moments.js';

/**
 * Cov(x~_a x~_c, x~_b x~_d), by the four numbers a, c, b, d: all that a commuting task needs of its input.
 */
export type ProductCovariance = (a: number, c: number, b: number, d: number) => number;

/** The normal modes in one list: block by block, in the order of `blockNumber`. */
interface ModeList {
  readonly count: number;
  /** First mode of each cell's block, r W. */
  readonly first: Int32Array;
  readonly block: Int32Array;
  readonly curvature: Float64Array;
  /** xi_i = data_i x~_a x~_c + fromP_i eps_a x~_c + fromQ_i eps_c x~_a, a and c of the block's first cell. */
  readonly data: Float64Array;
}

export function modeList(modes: CommutingModes, { counts, curvature, fromP, fromQ }: ModeBlocks): ModeList {
  const { rank, columns, residual } = modes;
  const first = new Int32Array(rank * columns);
  const block: number[] = [];
  const mu: number[] = [];
  const data: number[] = [];
  for (let a = 0; a < rank; a++) {
    for (let c = a; c < columns; c++) {
      const cell = a * columns + c;
      first[cell] = block.length;
      if (c < rank) first[c * columns + a] = block.length;
      for (let k = 0, p = cell * MAX_MODES; k < counts[cell]; k++, p++) {
        block.push(blockNumber(a, c, columns));
        mu.push(curvature[p]);
        data.push(residual[a] * fromP[p] + residual[c] * fromQ[p]);
      }
    }
  }
  return {
    count: block.length,
    first,
    block: Int32Array.from(block),
    curvature: Float64Array.from(mu),
    data: Float64Array.from(data),
  };
}

/**
 * E omega_ab per step (P numbers, rad): (eta^2 / G_ab) sum_c sum_ij t_ij C_ij (mu_i - mu_j) / (mu_i + mu_j), i in cell
 * (a, c), j in cell (b, c), t_ij = x_i x_j + z_i z_j. O(r^2 W).
 */
export function blockVelocity(
  modes: CommutingModes,
  { counts, x, z }: ModeBlocks,
  list: ModeList,
  covariance: ProductCovariance,
): Float64Array {
  const { rank, columns, inputs: n, singularValues: s, learningRate, batchSize } = modes;
  const velocity = new Float64Array((rank * (rank - 1)) / 2);
  let plane = 0;
  for (let a = 0; a < rank; a++) {
    for (let b = a + 1; b < rank; b++) {
      let sum = 0;
      for (let c = 0; c < n; c++) {
        const [here, there] = [a * columns + c, b * columns + c];
        let pairs = 0;
        for (let i = 0; i < counts[here]; i++) {
          const [p, mi] = [here * MAX_MODES + i, list.curvature[list.first[here] + i]];
          for (let j = 0; j < counts[there]; j++) {
            const [q, mj] = [there * MAX_MODES + j, list.curvature[list.first[there] + j]];
            const factors = list.data[list.first[here] + i] * list.data[list.first[there] + j];
            pairs += ((x[p] * x[q] + z[p] * z[q]) * factors * (mi - mj)) / (mi + mj);
          }
        }
        if (pairs !== 0) sum += pairs * covariance(a, c, b, c);
      }
      velocity[plane++] = (learningRate ** 2 * sum) / (2 * (s[a] + s[b]) * batchSize);
    }
  }
  return velocity;
}

/**
 * Phi (n x n) in F(x) = x~^T Phi x~: Phi_cd = sum_a Cov(X_ac, X_ad) in the stationary state. O(r n^2).
 */
export function fluctuationForm(
  modes: CommutingModes,
  blocks: ModeBlocks,
  list: ModeList,
  noise: Float64Array,
  covariance: ProductCovariance,
): Matrix {
  const { rank, columns, inputs: n, learningRate, batchSize } = modes;
  const { counts, x } = blocks;
  const form = zeros(n, n);
  for (let a = 0; a < rank; a++) {
    for (let c = 0; c < n; c++) {
      for (let d = c; d < n; d++) {
        const [here, there] = [a * columns + c, a * columns + d];
        let sum = 0;
        for (let i = 0; i < counts[here]; i++) {
          for (let k = 0; k < counts[there]; k++) {
            const [p, q] = [list.first[here] + i, list.first[there] + k];
            const within =
              c === d ? noise[here * MAX_MODES * MAX_MODES + i * MAX_MODES + k] : list.data[p] * list.data[q];
            sum +=
              (x[here * MAX_MODES + i] * x[there * MAX_MODES + k] * within) / (list.curvature[p] + list.curvature[q]);
          }
        }
        if (c !== d && sum !== 0) sum *= covariance(a, c, a, d) / batchSize;
        form.data[c * n + d] += learningRate * sum;
        if (c !== d) form.data[d * n + c] += learningRate * sum;
      }
    }
  }
  return form;
}

/** What one plane's matrix M relates: mode i to the product of a partner block, with the three parts of the noise. */
interface Coupling {
  readonly modes: Int32Array;
  readonly partners: Int32Array;
  /** Where (mode, partner) stands in the table V, see `rotationTensor`. */
  readonly slots: Int32Array;
  readonly data: Float64Array;
  /** Label noise: eps_a x~_c and eps_c x~_a of the partner's first cell. */
  readonly fromP: Float64Array;
  readonly fromQ: Float64Array;
}

/** M^ab_ij = 2 T_ij mu_i / (mu_i + mu_j), summed over the modes j of each partner block. */
function coupling(modes: CommutingModes, blocks: ModeBlocks, list: ModeList, a: number, b: number): Coupling {
  const { rank, columns } = modes;
  const { counts, curvature, x, z, fromP, fromQ } = blocks;
  const found: { mode: number; partner: number; slot: number; data: number; p: number; q: number }[] = [];
  const relate = (row: number, other: number, c: number, sign: number): void => {
    const [here, there] = [row * columns + c, other * columns + c];
    const swapped = !isFirst(other, c);
    for (let i = 0, at = here * MAX_MODES; i < counts[here]; i++, at++) {
      let [data, p, q] = [0, 0, 0];
      for (let j = 0, to = there * MAX_MODES; j < counts[there]; j++, to++) {
        const m = (2 * sign * (x[at] * x[to] + z[at] * z[to]) * curvature[at]) / (curvature[at] + curvature[to]);
        data += m * list.data[list.first[there] + j];
        p += m * fromP[to];
        q += m * fromQ[to];
      }
      found.push({
        mode: list.first[here] + i,
        partner: blockNumber(other, c, columns),
        slot: at * rank + other,
        data,
        p: swapped ? q : p,
        q: swapped ? p : q,
      });
    }
  };
  for (let c = 0; c < columns; c++) {
    relate(a, b, c, 1);
    relate(b, a, c, -1);
  }
  return {
    modes: Int32Array.from(found, ({ mode }) => mode),
    partners: Int32Array.from(found, ({ partner }) => partner),
    slots: Int32Array.from(found, ({ slot }) => slot),
    data: Float64Array.from(found, ({ data }) => data),
    fromP: Float64Array.from(found, ({ p }) => p),
    fromQ: Float64Array.from(found, ({ q }) => q),
  };
}

/**
 * The rotation tensor (P x P, rad^2 per step) of a commuting task with any input. The noise of a block is a multiple of
 * one product x~_a x~_c, plus label noise within the block, so C_jl = data_j data_l K + sigma2 (...), K the covariance of
 * the products (`moments`, blocks x blocks), and
 *   Cov(omega_p, omega_q) = eta^3 / (G_p G_q) sum_ik S_ik sum_jl M^p_ij C_jl M^q_kl
 * needs each M summed over the partner blocks of its modes only: for each q, Y = S N^q (modes x partners), V = Y K where
 * some plane needs it, then a short sum for each p. O(P r^2 W^2) time; modes^2 + r^2 W MAX_MODES numbers of memory.
 */
export function rotationTensor(modes: CommutingModes, blocks: ModeBlocks, list: ModeList, moments: Matrix): Matrix {
  const { rank, columns, singularValues: s, learningRate, batchSize, labelNoiseVariance: sigma2 } = modes;
  const planes: { a: number; b: number; parts: Coupling }[] = [];
  for (let a = 0; a < rank; a++) {
    for (let b = a + 1; b < rank; b++) planes.push({ a, b, parts: coupling(modes, blocks, list, a, b) });
  }
  const displacement = displacementMatrix(modes, blocks, list, moments);
  const { firstVariance, secondVariance } = labelVariances(modes);
  const size = planes.length;
  const result = zeros(size, size);
  const table = new Float64Array(rank * columns * MAX_MODES * rank);
  const place = new Int32Array(moments.rows).fill(-1);
  planes.forEach(({ a: from, b: second, parts: right }, q) => {
    const touched = [...new Set(right.partners)];
    place.fill(-1);
    touched.forEach((block, t) => {
      place[block] = t;
    });
    const width = touched.length;
    const columnsOf = right.partners.map((block) => place[block]);
    const through = (values: Float64Array): Float64Array =>
      spreadOver(displacement, right.modes, columnsOf, values, width);
    const y = through(right.data);
    const [yp, yq] = sigma2 > 0 ? [through(right.fromP), through(right.fromQ)] : [y, y];
    fillTable(table, blocks, list, modes, from, y, gather(moments, touched), width);
    for (let p = q; p < size; p++) {
      const { a, b, parts } = planes[p];
      let sum = sumAt(table, parts.slots, parts.data);
      if (sigma2 > 0) sum += sigma2 * labelSum(parts, place, width, yp, firstVariance, yq, secondVariance);
      const metric = 4 * (s[a] + s[b]) * (s[from] + s[second]);
      const value = (learningRate ** 3 * sum) / (metric * batchSize);
      result.data[p * size + q] = value;
      result.data[q * size + p] = value;
    }
  });
  return result;
}

/** E x~_c^2 and E x~_a^2 for every block {a, c}, a its first cell's row; a diagonal block has the first only. */
function labelVariances({ rank, columns, variance }: CommutingModes) {
  const firstVariance = new Float64Array(blockCount(rank, columns));
  const secondVariance = new Float64Array(firstVariance.length);
  for (let a = 0, block = 0; a < rank; a++) {
    for (let c = a; c < columns; c++, block++) {
      firstVariance[block] = variance[c];
      secondVariance[block] = variance[a];
    }
  }
  return { firstVariance, secondVariance };
}

/** Sigma_N / eta: C_ik / (mu_i + mu_k), modes x modes. */
function displacementMatrix(modes: CommutingModes, blocks: ModeBlocks, list: ModeList, moments: Matrix): Matrix {
  const { count, block, curvature, data } = list;
  const result = zeros(count, count);
  const { labelNoiseVariance: sigma2, batchSize } = modes;
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < count; k++) {
      const c = data[i] * data[k] * moments.data[block[i] * moments.cols + block[k]];
      result.data[i * count + k] = c / (batchSize * (curvature[i] + curvature[k]));
    }
  }
  if (sigma2 === 0) return result;
  const { rank, columns, variance } = modes;
  const { counts, fromP, fromQ } = blocks;
  for (let a = 0; a < rank; a++) {
    for (let c = a; c < columns; c++) {
      const cell = a * columns + c;
      for (let k = 0; k < counts[cell]; k++) {
        for (let l = 0; l < counts[cell]; l++) {
          const [p, q] = [cell * MAX_MODES + k, cell * MAX_MODES + l];
          const [i, j] = [list.first[cell] + k, list.first[cell] + l];
          const label = sigma2 * (variance[c] * fromP[p] * fromP[q] + variance[a] * fromQ[p] * fromQ[q]);
          result.data[i * count + j] += label / (batchSize * (curvature[i] + curvature[j]));
        }
      }
    }
  }
  return result;
}

/** sum_k weights_k values[at_k]. */
function sumAt(values: Float64Array, at: Int32Array, weights: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < at.length; k++) sum += weights[k] * values[at[k]];
  return sum;
}

/** What label noise adds where two planes share a partner block. */
function labelSum(
  { modes, partners, fromP, fromQ }: Coupling,
  place: Int32Array,
  width: number,
  yp: Float64Array,
  firstVariance: Float64Array,
  yq: Float64Array,
  secondVariance: Float64Array,
): number {
  let sum = 0;
  for (let k = 0; k < modes.length; k++) {
    const block = partners[k];
    if (place[block] < 0) continue;
    const at = modes[k] * width + place[block];
    sum += fromP[k] * firstVariance[block] * yp[at] + fromQ[k] * secondVariance[block] * yq[at];
  }
  return sum;
}

/** Y = S N: modes x partners, N_(modes_k, columns_k) = values_k. */
function spreadOver(
  { rows: count, data: s }: Matrix,
  modes: Int32Array,
  columns: Int32Array,
  values: Float64Array,
  width: number,
): Float64Array {
  const y = new Float64Array(count * width);
  for (let i = 0; i < count; i++) {
    const to = i * width;
    const from = i * count;
    // Entries of one cell follow each other: they share their column.
    for (let k = 0; k < modes.length;) {
      const column = columns[k];
      let sum = 0;
      for (; k < modes.length && columns[k] === column; k++) sum += s[from + modes[k]] * values[k];
      y[to + column] += sum;
    }
  }
  return y;
}

/** The columns `chosen` of the moments, blocks x chosen. */
function gather({ rows, cols, data }: Matrix, chosen: readonly number[]): Float64Array {
  const result = new Float64Array(rows * chosen.length);
  for (let i = 0; i < rows; i++) {
    for (let t = 0; t < chosen.length; t++) result[i * chosen.length + t] = data[i * cols + chosen[t]];
  }
  return result;
}

/** V: for each mode of each cell (a, c) and each other row b, Y K at the partner block {b, c}; rows from `from` on. */
function fillTable(
  table: Float64Array,
  { counts }: ModeBlocks,
  { first }: ModeList,
  { rank, columns }: CommutingModes,
  from: number,
  y: Float64Array,
  moments: Float64Array,
  width: number,
): void {
  for (let a = from; a < rank; a++) {
    for (let c = 0; c < columns; c++) {
      const cell = a * columns + c;
      for (let b = from; b < rank; b++) {
        if (b === a) continue;
        const right = blockNumber(b, c, columns) * width;
        for (let i = 0; i < counts[cell]; i++) {
          const left = (first[cell] + i) * width;
          let sum = 0;
          for (let t = 0; t < width; t++) sum += y[left + t] * moments[right + t];
          table[(cell * MAX_MODES + i) * rank + b] = sum;
        }
      }
    }
  }
}
