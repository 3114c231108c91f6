import { add, multiply, scale, zeros, type Matrix } from '#linalg';
import type { Drift } from '../rotation/drift.js';
import type { MeanFrameGenerator } from './mean-frame.js';

/**
 * W of one step (see `FrameSampler`): by Isserlis' theorem the mean of four factors omega is
 * 4 S^2 + E omega (2S) omega + E E' omega omega' omega omega'. O(P^2 r), r x r.
 */
export function localError({ planes, diffusion }: Drift, { directed: v, diffusive: s }: MeanFrameGenerator): Matrix {
  const rank = s.rows;
  const covariance = diffusion.dense();
  const crossed = zeros(rank, rank);
  planes.forEach(({ a, b }, q) => {
    const omega = zeros(rank, rank);
    omega.data[a * rank + b] = 1;
    omega.data[b * rank + a] = -1;
    // E omega Omega_q omega, to be multiplied by Omega_p of the planes p that are correlated with q.
    const image = diffusion.rotateBothSides(omega);
    planes.forEach(({ a: c, b: d }, p) => {
      const value = covariance.data[p * covariance.cols + q];
      if (value === 0) return;
      for (let j = 0; j < rank; j++) {
        crossed.data[c * rank + j] += value * image.data[d * rank + j];
        crossed.data[d * rank + j] -= value * image.data[c * rank + j];
      }
    });
  });
  const even = add(add(scale(multiply(s, s), -1 / 3), diffusion.rotateBothSides(s), 1 / 12), crossed, 1 / 24);
  const odd = add(add(multiply(v, s), multiply(s, v)), diffusion.rotateBothSides(v), -1);
  return add(even, odd, -1 / 6);
}
