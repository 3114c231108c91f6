import { row, type Matrix } from '#linalg';
import type { InputDistribution } from '#model';
import { blockCount, blockNumber } from '../commuting/block-index.js';
import type { CommutingModes } from '../commuting/modes.js';

/** Stimuli added in one pass over the matrix. */
const PASS = 4;

/**
 * Cov(x~_a x~_c, x~_b x~_d) over all blocks {a, c}, {b, d} (blockCount squared): since e~ = rho x~ + eps, they
 * determine the noise covariance of a commuting task except for label noise. A Gaussian part adds (Isserlis)
 * C_ac C_bd + C_ab C_cd + C_ad C_cb to the second moment. O(blocks^2 / 2) for each stimulus, twice that for each part.
 */
export function productCovariances(modes: CommutingModes, input: InputDistribution): Matrix {
  const { rank, columns, inputs: n } = modes;
  const count = blockCount(rank, columns);
  const result = new Float64Array(count * count);
  // Columns without an input stay zero.
  const pairs: [number, number, number][] = [];
  for (let a = 0; a < rank; a++) for (let c = a; c < n; c++) pairs.push([blockNumber(a, c, columns), a, c]);
  const products = Array.from({ length: PASS }, () => new Float64Array(count));
  for (let first = 0; first < input.stimuli.rows; first += PASS) {
    products.forEach((product, t) => {
      if (first + t >= input.stimuli.rows) {
        product.fill(0);
        return;
      }
      const x = row(input.stimuli, first + t);
      const root = Math.sqrt(input.probabilities[first + t]);
      for (const [block, a, c] of pairs) product[block] = root * x[a] * x[c];
    });
    addSquares(result, count, products);
  }
  for (const { weight, covariance } of input.gaussians) {
    const v = covariance.data;
    for (const [p, a, c] of pairs) {
      for (const [q, b, d] of pairs) {
        if (q < p) continue;
        const moment = v[a * n + c] * v[b * n + d] + v[a * n + b] * v[c * n + d] + v[a * n + d] * v[c * n + b];
        result[p * count + q] += weight * moment;
      }
    }
  }
  subtractMeans(result, modes, count);
  return { rows: count, cols: count, data: result };
}

/** Adds the upper triangle of the sum of outer squares. */
function addSquares(target: Float64Array, count: number, [p, q, r, s]: readonly Float64Array[]): void {
  for (let i = 0; i < count; i++) {
    const [pi, qi, ri, si] = [p[i], q[i], r[i], s[i]];
    const offset = i * count;
    for (let j = i; j < count; j++) target[offset + j] += pi * p[j] + qi * q[j] + ri * r[j] + si * s[j];
  }
}

/** Subtracts the products of the means E x~_a x~_c = lambda_a delta_ac, then fills the lower triangle. */
function subtractMeans(target: Float64Array, { rank, columns, variance }: CommutingModes, count: number): void {
  for (let a = 0; a < rank; a++) {
    const p = blockNumber(a, a, columns);
    for (let b = a; b < rank; b++) target[p * count + blockNumber(b, b, columns)] -= variance[a] * variance[b];
  }
  for (let p = 0; p < count; p++) for (let q = 0; q < p; q++) target[p * count + q] = target[q * count + p];
}
