import { add, multiply, scale, zeros, type Matrix } from '#linalg';
import type { Drift } from '../rotation/drift.js';
import type { MeanFrameGenerator } from './mean-frame.js';

/** W of one step: by Isserlis' theorem the mean of four factors omega is 4 S^2 + E omega (2S) omega + E E' omega omega' omega omega'. */
export function localError({ planes, diffusion }: Drift, { directed: v, diffusive: s }: MeanFrameGenerator): Matrix {
  const rank = s.rows;
  const covariance = diffusion.dense();
  const crossed = zeros(rank, rank);
  planes.forEach(({ a, b }, q) => {
    const turn = zeros(rank, rank);
    turn.data[a * rank + b] = 1;
    turn.data[b * rank + a] = -1;
    // E omega Omega_q omega, turned by the planes that go with q.
    const image = diffusion.rotateBothSides(turn);
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
