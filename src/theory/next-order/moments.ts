import { add, scale, transpose, zeros, type Matrix } from '#linalg';
import type { Model } from '#model';
import type { NormalMode } from '../solvers/general/hessian.js';
import type { ModeCoordinates } from '../solvers/general/mode-coordinates.js';
import { basesOf } from './bases.js';
import { frameTerms } from './frame-terms.js';
import { meanForces } from './mean-forces.js';
import { sampleMoments } from './sample-moments.js';
import { thirdMoments } from './third-moments.js';

/** Stationary moments of the normal displacement N (normal eigenbasis) to next order in eta. */
interface NextOrderMoments {
  /** E N, order eta (K). */
  readonly mean: Float64Array;
  /** E N N^T, orders eta and eta^2 together (K x K). */
  readonly secondMoment: Matrix;
  /** Covariance of the gradient noise, averaged over N: orders 1 and eta together (K x K, per step). */
  readonly noise: Matrix;
}

/**
 * Moments of N where one step of learning is followed to the next order. N is the displacement in the frame of the projection
 * (Procrustes: N normal to the rotations of Theta*). With the gradient of one sample g_s = -xi_s + H_s N + g2_s(N,N) + g3_s(N,N,N),
 * bars for means over samples, S = E N N^T at leading order, and omega = -eta tau(g_s) the rotation that a step makes:
 *
 *   H E N = -g2(S)
 *   third moments T: 3 sym(H T) = sum over the terms of order eta^3 of E (N + Delta)^3 - E N^3
 *   H S' + S' H = (eta) [C + eta H S H + cov_s(H_s N) + cross terms of xi with H_s N, g2_s]        noise, discrete steps
 *                 - sym E[(g2(N,N) + g3(N,N,N)) N^T]                                               anharmonic loss
 *                 + terms of the rotation of the frame, -omega (N + eta xi)
 *
 * Complete to relative order eta: S' minus the truth is of order eta^3. Expectations over samples are exact (`cubature`).
 * A batch of B divides every covariance over samples by B, third cumulants by B^2.
 * Cost: O(samples K^2 d + K^4), K <= d = r (n+m), thousands of samples: for small problems.
 */
export function nextOrderMoments(
  model: Model,
  modes: ModeCoordinates,
  normal: readonly NormalMode[],
  covariance: Matrix,
): NextOrderMoments {
  const eta = model.learningRate;
  const mu = Float64Array.from(normal, ({ curvature }) => curvature);
  const count = mu.length;
  const bases = basesOf(modes, normal);
  // In units of eta: N = sqrt(eta) z.
  const s = scale(covariance, 1 / eta);
  const forces = meanForces(modes, bases, s);
  const mean = forces.force.map((value, k) => -value / mu[k]);
  const samples = sampleMoments(model, modes, bases, s, mean);
  const third = thirdMoments(mu, forces.quadratic, s, mean, samples);

  const right = zeros(count, count);
  const at = right.data;
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      // H S H of the mean step; the scatter of H_s and its cross terms with xi.
      let value = mu[i] * s.data[i * count + j] * mu[j] + samples.excess.data[i * count + j];
      // -E[g2(N,N) N^T] through the third moments, -E[g3(N,N,N) N^T] by Isserlis; both symmetrised.
      for (let k = 0; k < count; k++) {
        for (let l = 0; l < count; l++) {
          const kl = k * count + l;
          value -= forces.quadratic[i][kl] * third[j * count * count + kl];
          value -= forces.quadratic[j][kl] * third[i * count * count + kl];
        }
        value -= 3 * forces.cubic.data[i * count + k] * s.data[k * count + j];
        value -= 3 * forces.cubic.data[j * count + k] * s.data[k * count + i];
      }
      at[i * count + j] = value;
    }
  }
  const rotating = frameTerms(bases, forces, samples, s);
  const total = add(add(right, rotating), transpose(rotating));
  const second = zeros(count, count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      second.data[i * count + j] =
        covariance.data[i * count + j] + (eta * eta * total.data[i * count + j]) / (mu[i] + mu[j]);
    }
  }
  return {
    mean: mean.map((value) => eta * value),
    secondMoment: second,
    noise: add(samples.noise, samples.excess, eta),
  };
}
