import { inner, scale, zeros, type Matrix } from '#linalg';
import type { Jets } from './jets.js';
import { relaxMatrix } from './relaxation.js';
import { addOuter } from './tensors.js';

/** The leading order, in units in which N = sqrt(eta) n. */
export interface Leading {
  /** C = E xi xi^T per step (K x K). */
  readonly noise: Matrix;
  /** S_ij = C_ij / (mu_i + mu_j), covariance of n (K x K). */
  readonly covariance: Matrix;
  /**
   * P^a_ij = 2 t_a,ij / (mu_i + mu_j), t_a the rotation of the quadratic mean field: the phase of the point S* + N, the rotation to
   * which the mean flow takes it, is eta (n.P^a n) / 2 (P matrices K x K).
   */
  readonly phase: readonly Matrix[];
  /** v4 = tr(P^a C) / 2: the velocity is eta^2 v4 (P). */
  readonly velocity: Float64Array;
}

/** O(q K^2 + P K^2). */
export function leadingOrder({ rates, mean, noise: fields, batchSize }: Jets): Leading {
  const noise = zeros(rates.length, rates.length);
  for (const { normal } of fields) addOuter(noise, normal, normal, 1 / batchSize);
  const phase = mean.quadraticRotation.map((rotation) => scale(relaxMatrix(rates, rotation), 2));
  return {
    noise,
    covariance: relaxMatrix(rates, noise),
    phase,
    velocity: Float64Array.from(phase, (plane) => inner(plane, noise) / 2),
  };
}
