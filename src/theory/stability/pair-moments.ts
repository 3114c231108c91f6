import { zeros, type Matrix } from '#linalg';
import type { InputDistribution } from '#model';

/** Pairs c <= d of n coordinates. */
export const pairCount = (n: number): number => (n * (n + 1)) / 2;

/** Number of a pair, c <= d, row by row. */
const pairNumber = (c: number, d: number, n: number): number => c * n - (c * (c - 1)) / 2 + d - c;

/** E x_c x_d x_y x_w over the pairs c <= d and y <= w. O(pairs^2) for each stimulus and Gaussian. */
export function fourthMoments({ size: n, stimuli, probabilities, gaussians }: InputDistribution): Matrix {
  const count = pairCount(n);
  const result = zeros(count, count);
  const { data } = result;
  const products = new Float64Array(count);
  for (let k = 0; k < stimuli.rows; k++) {
    const x = stimuli.data.subarray(k * n, (k + 1) * n);
    for (let c = 0, at = 0; c < n; c++) for (let d = c; d < n; d++) products[at++] = x[c] * x[d];
    for (let p = 0; p < count; p++) {
      const factor = probabilities[k] * products[p];
      if (factor === 0) continue;
      for (let q = p; q < count; q++) data[p * count + q] += factor * products[q];
    }
  }
  for (const { weight, covariance } of gaussians) {
    const v = covariance.data;
    for (let c = 0, p = 0; c < n; c++) {
      for (let d = c; d < n; d++, p++) {
        for (let y = c; y < n; y++) {
          for (let w = y; w < n; w++) {
            const q = pairNumber(y, w, n);
            if (q < p) continue;
            data[p * count + q] +=
              weight * (v[c * n + d] * v[y * n + w] + v[c * n + y] * v[d * n + w] + v[c * n + w] * v[d * n + y]);
          }
        }
      }
    }
  }
  for (let p = 0; p < count; p++) for (let q = 0; q < p; q++) data[p * count + q] = data[q * count + p];
  return result;
}
