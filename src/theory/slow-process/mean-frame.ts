import {
  add,
  diagonal,
  exponentialMinusIdentity,
  fromData,
  isDiagonal,
  multiply,
  scale,
  symmetricEigen,
  wideProduct,
  zeros,
  type Matrix,
} from '#linalg';
import type { Drift } from '../rotation/drift.js';

/** Modes from which on the other method of products, which has the same bits, is faster. */
const LARGE = 24;

/**
 * Generator A of the mean of the frame, in the body frame: E[Q(0)^T Q(t)] = exp(t A) with
 *   A = V + S,  V = sum v_ab Omega_ab,  S = 1/2 sum Cov(omega_ab, omega_cd) Omega_ab Omega_cd   (r x r, per step).
 * One step is Q -> Q exp(omega), E exp(omega) = I + E omega + 1/2 E omega^2 + ...: the second-order term is what exponential
 * steps add to the mean (it would be absent from an Ito equation dQ = Q domega, and belongs to its Stratonovich reading).
 * The omitted terms, E omega^3 and (E omega)^2, are of order eta^4 and higher.
 *
 * S is symmetric, -c^T S c = D(x) / 2; V is antisymmetric. p x r frames move within the span of their first columns
 * (rows beyond r carry no noise at leading order), so that r x r matrices describe them.
 */
export interface MeanFrameGenerator {
  readonly directed: Matrix;
  readonly diffusive: Matrix;
}

/** O(P^2) where the tensor is dense, O(P) where it is diagonal, O(T r^3) where it is sampled; for each tensor once. */
export function meanFrameGenerator(drift: Drift, rank: number): MeanFrameGenerator {
  const { diffusion } = drift;
  const known = diffusiveParts.get(diffusion);
  const diffusive = known?.rows === rank ? known : halfMeanSquare(diffusion.meanSquares(rank));
  diffusiveParts.set(diffusion, diffusive);
  return { directed: directedPart(drift, rank), diffusive };
}

/** S of the tensors met before: courses and their errors ask for the same one many times. */
const diffusiveParts = new WeakMap<Drift['diffusion'], Matrix>();

const halfMeanSquare = ([first, ...others]: readonly Matrix[]): Matrix =>
  scale(
    others.reduce((sum, part) => add(sum, part), first),
    1 / (2 * (others.length + 1)),
  );

/** V = sum v_ab Omega_ab, r x r. */
export function directedPart({ planes, velocity, diffusion }: Drift, rank: number): Matrix {
  const variances = diffusion.planeVariances();
  const directed = zeros(rank, rank);
  planes.forEach(({ a, b }, p) => {
    // Where symmetry forbids a velocity, rounding leaves a remainder (see `predict`).
    if (!(Math.abs(velocity[p]) > 1e-9 * Math.sqrt(variances[p]))) return;
    directed.data[a * rank + b] = velocity[p];
    directed.data[b * rank + a] = -velocity[p];
  });
  return directed;
}

/** Rates per step at which the mean of the frame decays under diffusion alone: eigenvalues of -S, ascending. */
export function decayRates({ diffusive }: MeanFrameGenerator): Float64Array {
  return symmetricEigen(diffusive)
    .values.map((value) => -value)
    .sort();
}

/**
 * E[Q(0)^T Q(t)] - I = exp(t A) - I (r x r) at each time: accurate also where it is small. O(r^3) each, O(r) where A is
 * diagonal (on the path `spectral`).
 */
export function meanRotationMinusIdentity(drift: Drift, rank: number, times: readonly number[]): Matrix[] {
  const { directed, diffusive } = meanFrameGenerator(drift, rank);
  const a = add(directed, diffusive);
  const decoupled = isDiagonal(a);
  return times.map((time) => {
    if (!decoupled) return exponentialMinusIdentity(scale(a, time), a.rows < LARGE ? multiply : wideProduct);
    return diagonal(
      Float64Array.from({ length: rank }, (_, i) => {
        const rate = fromData(1, 1, Float64Array.of(time * a.data[i * (rank + 1)]));
        return exponentialMinusIdentity(rate).data[0];
      }),
    );
  });
}
