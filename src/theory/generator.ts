import { add, exponentialLessOne, identity, scale, symmetricEigen, zeros, type Matrix } from '#linalg';
import type { Drift } from './drift.js';

/**
 * Generator of the mean of the frame, in the body frame: E[Q(0)^T Q(t)] = exp(t A) with
 *   A = V + S,  V = sum v_ab Omega_ab,  S = 1/2 sum Cov(omega_ab, omega_cd) Omega_ab Omega_cd   (r x r, per step).
 * One step is Q -> Q exp(omega), E exp(omega) = I + E omega + 1/2 E omega^2 + ...: the second-order term is what exponential
 * steps add to the mean (it would be absent from an Ito equation dQ = Q domega, and belongs to its Stratonovich reading).
 * What is left out, E omega^3 and (E omega)^2, is of order eta^4 and more.
 *
 * S is symmetric, -c^T S c = D(x) / 2; V is antisymmetric. p x r frames move within the span of their first columns
 * (rows beyond r carry no noise at leading order), so r x r is all there is.
 */
export interface Generator {
  readonly directed: Matrix;
  readonly diffusive: Matrix;
}

/** Cov(omega_ab, omega_cd) per step, P x P. */
export const rotationCovariance = ({ diffusion }: Drift): Matrix => diffusion;

/** O(P^2). */
export function generator(drift: Drift, rank: number): Generator {
  const covariance = rotationCovariance(drift).data;
  const size = drift.planes.length;
  const directed = zeros(rank, rank);
  drift.planes.forEach(({ a, b }, p) => {
    const velocity = drift.velocity[p];
    // What rounding leaves of a velocity that symmetry forbids is no velocity (see `predict`).
    if (!(Math.abs(velocity) > 1e-9 * Math.sqrt(covariance[p * size + p]))) return;
    directed.data[a * rank + b] = velocity;
    directed.data[b * rank + a] = -velocity;
  });
  return { directed, diffusive: scale(sandwich(drift, identity(rank)), 0.5) };
}

/** E omega X omega = sum Cov(omega_ab, omega_cd) Omega_ab X Omega_cd for a matrix X (r x r). O(P^2). */
export function sandwich(drift: Drift, { rows: rank, data: x }: Matrix): Matrix {
  const covariance = rotationCovariance(drift).data;
  const result = zeros(rank, rank);
  const { planes } = drift;
  planes.forEach(({ a, b }, p) => {
    planes.forEach(({ a: c, b: d }, q) => {
      const value = covariance[p * planes.length + q];
      if (value === 0) return;
      // Omega_ab = E_ab - E_ba.
      result.data[a * rank + d] += value * x[b * rank + c];
      result.data[a * rank + c] -= value * x[b * rank + d];
      result.data[b * rank + d] -= value * x[a * rank + c];
      result.data[b * rank + c] += value * x[a * rank + d];
    });
  });
  return result;
}

/** Rates per step at which the mean of the frame decays under diffusion alone: eigenvalues of -S, ascending. */
export function decayRates({ diffusive }: Generator): Float64Array {
  return symmetricEigen(diffusive)
    .values.map((value) => -value)
    .sort();
}

/** E[Q(0)^T Q(t)] - I = exp(t A) - I (r x r) at each time: accurate also where it is small. O(r^3) each. */
export function meanTurnsLessOne(drift: Drift, rank: number, times: readonly number[]): Matrix[] {
  const { directed, diffusive } = generator(drift, rank);
  const a = add(directed, diffusive);
  return times.map((time) => exponentialLessOne(scale(a, time)));
}
