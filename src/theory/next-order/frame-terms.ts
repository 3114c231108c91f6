import { add, dot, multiply, scale, transpose, zeros, type Matrix } from '#linalg';
import type { Bases } from './bases.js';
import type { MeanForces } from './mean-forces.js';
import type { SampleMoments } from './sample-moments.js';

/**
 * Half of the terms that the rotation of the frame adds to the stationarity of E N N^T: with omega_p = -tau_p(...),
 *   E[tau_p(g2(z,z)) (Omega_p z) z^T] + E[tau_p(H_s z) (Omega_p xi) z^T] + E[tau_p(H_s z) (Omega_p z) xi^T],
 * to which the caller adds the transpose.
 */
export function frameTerms(
  { rotations }: Bases,
  { rotation }: MeanForces,
  { rotating }: SampleMoments,
  s: Matrix,
): Matrix {
  let total = zeros(s.rows, s.rows);
  rotations.forEach((plane, p) => {
    const force = dot(rotation[p].data, s.data);
    const bent = add(scale(s, force), multiply(s, rotation[p], s), 2);
    total = add(total, multiply(plane, bent));
    // rotating_ik = E xi_i tau(H_s e_k): E_z[tau(H_s z) z] = S tau.
    const paired = multiply(rotating[p], s);
    total = add(total, multiply(plane, paired));
    total = add(total, multiply(plane, transpose(paired)));
  });
  return total;
}
