import { add, addWideProduct, diagonal, fromData, multiply, row, scale, transpose, zeros, type Matrix } from '#linalg';
import type { InputDistribution } from './distribution.js';
import type { GaussianPart } from './gaussian-part.js';
import { stimulusBlocks } from './stimulus-blocks.js';

/** E[x x^T] (n x n): the second moment, not the covariance. O(K n^2). */
export function secondMoment(input: InputDistribution): Matrix {
  const sigma = zeros(input.size, input.size);
  for (const { weight, covariance } of input.gaussians) {
    for (let index = 0; index < sigma.data.length; index++) sigma.data[index] += weight * covariance.data[index];
  }
  for (const { count, columns, weighted } of stimulusBlocks(input)) {
    addWideProduct(sigma.data, weighted, columns, input.size, count, input.size);
  }
  return sigma;
}

/** The largest entry of the second moment, which stands on its diagonal. O(K n). */
export function largestSecondMoment({ size: n, gaussians, stimuli, probabilities }: InputDistribution): number {
  const squares = new Float64Array(n);
  for (const { weight, covariance } of gaussians) {
    for (let c = 0; c < n; c++) squares[c] += weight * covariance.data[c * (n + 1)];
  }
  for (let k = 0, at = 0; k < stimuli.rows; k++) {
    for (let c = 0; c < n; c++, at++) squares[c] += probabilities[k] * stimuli.data[at] * stimuli.data[at];
  }
  return squares.reduce((most, square) => Math.max(most, square), 0);
}

/**
 * Covariance of the error-input product e x^T for e = residual x + eps, eps ~ N(0, sigma2 I): (mn) x (mn), entry
 * (i n + j, k n + l) = Cov(e_i x_j, e_k x_l). The mean E[e x^T] = residual E[x x^T] need not vanish.
 *
 * Gaussian part with covariance C (Isserlis):
 *   E[e_i x_j e_k x_l] = (R C R^T + sigma2 I)_ik C_jl + (R C)_ij (R C)_kl + (R C)_il (R C)_kj;
 * stimuli are averaged exactly. O((mn)^2) per Gaussian part and per stimulus; O((mn)^2) memory.
 */
export function errorInputCovariance(input: InputDistribution, residual: Matrix, sigma2: number): Matrix {
  const { rows: m, cols: n } = residual;
  const size = m * n;
  const result = new Float64Array(size * size);
  for (const part of input.gaussians) addGaussianMoment(result, part, residual, sigma2);
  addStimulusMoments(result, input, residual, sigma2);
  const mean = multiply(residual, secondMoment(input)).data;
  for (let p = 0; p < size; p++) {
    for (let q = p; q < size; q++) {
      const value = result[p * size + q] - mean[p] * mean[q];
      result[p * size + q] = value;
      result[q * size + p] = value;
    }
  }
  return fromData(size, size, result);
}

/** Adds weight E[(e x^T)(e x^T)] of one Gaussian part (all entries on and above the diagonal at least). */
function addGaussianMoment(target: Float64Array, part: GaussianPart, residual: Matrix, sigma2: number): void {
  const { rows: m, cols: n } = residual;
  const c = part.covariance.data;
  const rc = multiply(residual, part.covariance);
  const ee = add(multiply(rc, transpose(residual)), scale(diagonal(new Float64Array(m).fill(1)), sigma2));
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      const offset = (i * n + j) * m * n;
      for (let k = i; k < m; k++) {
        const errors = ee.data[i * m + k];
        const own = rc.data[i * n + j];
        const cross = rc.data[k * n + j];
        for (let l = 0; l < n; l++) {
          const moment = errors * c[j * n + l] + own * rc.data[k * n + l] + rc.data[i * n + l] * cross;
          target[offset + k * n + l] += part.weight * moment;
        }
      }
    }
  }
}

function addStimulusMoments(target: Float64Array, input: InputDistribution, residual: Matrix, sigma2: number): void {
  const { rows: m, cols: n } = residual;
  const size = m * n;
  const product = new Float64Array(size);
  const raw = zeros(n, n);
  for (let k = 0; k < input.stimuli.rows; k++) {
    const x = row(input.stimuli, k);
    const probability = input.probabilities[k];
    for (let i = 0; i < m; i++) {
      let error = 0;
      for (let j = 0; j < n; j++) error += residual.data[i * n + j] * x[j];
      for (let j = 0; j < n; j++) product[i * n + j] = error * x[j];
    }
    for (let p = 0; p < size; p++) {
      const left = probability * product[p];
      if (left === 0) continue;
      for (let q = p; q < size; q++) target[p * size + q] += left * product[q];
    }
    for (let j = 0; j < n; j++) for (let l = 0; l < n; l++) raw.data[j * n + l] += probability * x[j] * x[l];
  }
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      for (let l = 0; l < n; l++) target[(i * n + j) * size + i * n + l] += sigma2 * raw.data[j * n + l];
    }
  }
}
