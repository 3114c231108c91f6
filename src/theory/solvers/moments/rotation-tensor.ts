import { zeros, type Matrix } from '#linalg';
import { forPlanes } from '../../rotation/planes.js';
import { blockNumber } from '../commuting/block-index.js';
import { MAX_MODES, type ModeBlocks } from '../commuting/hessian-blocks.js';
import type { ModeList } from '../commuting/mode-list.js';
import type { CommutingModes } from '../commuting/modes.js';
import { coupling, type Coupling } from './coupling.js';
import { labelSum, labelVariances } from './label-noise.js';
import { normalCovariance } from './normal-covariance.js';

/**
 * The rotation tensor (P x P, rad^2 per step) of a commuting task with any input. The noise of a block is a multiple of
 * one product x~_a x~_c, plus label noise within the block, so C_jl = data_j data_l K + sigma2 (...), K the covariance of
 * the products (`moments`, blocks x blocks), and
 *   Cov(omega_p, omega_q) = eta^3 / (G_p G_q) sum_ik S_ik sum_jl M^p_ij C_jl M^q_kl
 * needs only the sums of each M over the modes of a partner block, N: for each q, Y = S N^q (modes x partners), V = Y K where
 * some plane needs it, then a short sum for each p. O(P r^2 W^2) time; modes^2 + r^2 W MAX_MODES numbers in memory.
 */
export function rotationTensor(modes: CommutingModes, blocks: ModeBlocks, list: ModeList, moments: Matrix): Matrix {
  const { rank, columns, singularValues: s, learningRate, batchSize, labelNoiseVariance: sigma2 } = modes;
  const planes: { a: number; b: number; parts: Coupling }[] = [];
  forPlanes(rank, (a, b) => {
    planes.push({ a, b, parts: coupling(modes, blocks, list, a, b) });
  });
  const covariance = normalCovariance(modes, blocks, list, moments);
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
      timesEntries(covariance, right.modes, columnsOf, values, width);
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

/** sum_k weights_k values[at_k]. */
function sumAt(values: Float64Array, at: Int32Array, weights: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < at.length; k++) sum += weights[k] * values[at[k]];
  return sum;
}

/** Y = S N: modes x partners, N_(modes_k, columns_k) = values_k. */
function timesEntries(
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
    // The entries of a cell are adjacent and share their column.
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
