import { dot, multiply, type Matrix } from '#linalg';
import type { MeanForces } from './mean-forces.js';
import type { SampleMoments } from './sample-moments.js';

/** E z_i z_j z_k in units of sqrt(eta), K^3: the raw third moments, mean included. */
export function thirdMoments(
  mu: Float64Array,
  quadratic: MeanForces['quadratic'],
  s: Matrix,
  mean: Float64Array,
  { noise, cubed, mixed }: SampleMoments,
): Float64Array {
  const count = mu.length;
  const square = count * count;
  const force = quadratic.map((matrix) => dot(matrix, s.data));
  // a_ijk = E[g2_i z_j z_k] = g2_i(S) S_jk + 2 (S g2_i S)_jk;  b_ijk = E[xi_i (H_s S)_jk].
  const bent = quadratic.map((data) => multiply(s, { rows: count, cols: count, data }, s).data);
  const term = new Float64Array(count * square);
  for (let i = 0; i < count; i++) {
    const pushed = multiply({ rows: count, cols: count, data: mixed.subarray(i * square, (i + 1) * square) }, s).data;
    for (let j = 0; j < count; j++) {
      for (let k = 0; k < count; k++) {
        const jk = j * count + k;
        // The second term takes (j, k) in both orders; the sum over permutations below adds the rest.
        term[i * square + jk] =
          -(force[i] * s.data[jk] + 2 * bent[i][jk]) - (pushed[jk] + pushed[k * count + j]) + mean[i] * noise.data[jk];
      }
    }
  }
  const result = new Float64Array(count * square);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      for (let k = 0; k < count; k++) {
        const at = i * square + j * count + k;
        const sum = term[at] + term[j * square + i * count + k] + term[k * square + i * count + j] + cubed[at];
        result[at] = sum / (mu[i] + mu[j] + mu[k]);
      }
    }
  }
  return result;
}
