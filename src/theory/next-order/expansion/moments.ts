import { fromData, transpose, type Matrix } from '#linalg';
import type { NoiseAverages } from './averages.js';
import type { CubicField } from './cubic.js';
import type { Jets } from './jets.js';
import type { Leading } from './leading.js';
import { relaxMatrix, relaxTensor, relaxVector } from './relaxation.js';
import { addTo, asTall, asWide, contractPair, plusTransposed, product, symmetrized } from './tensors.js';

/** Moments of n beyond its Gaussian law, where N = sqrt(eta) n. */
export interface SkewedMoments {
  /** B(S) (K), the mean force of the curved loss. */
  readonly force: Float64Array;
  /** E n / sqrt(eta) (K). */
  readonly mean: Float64Array;
  /** What drives the third moment, its relaxation times `third` (K^3, symmetric). */
  readonly drive: Float64Array;
  /** Third Hermite moment E[n n n] - 3 Sym S E n, divided by sqrt(eta) (K^3, symmetric). */
  readonly third: Float64Array;
}

/** `cumulant` is the third cumulant of the update noise per step (K^3). O(K^4). */
export function skewedMoments(
  { rates, mean }: Jets,
  { covariance: s }: Leading,
  { gain }: NoiseAverages,
  cumulant: Float64Array,
): SkewedMoments {
  const k = rates.length;
  const force = contractPair(mean.quadratic, k, s);
  // (S B_i S)_jl at (j, l, i).
  const half = product(s, asWide(mean.quadratic, k)).data;
  const sum = product(asTall(gain, k), s).data;
  for (let j = 0; j < k; j++) {
    const block = fromData(k, k, half.subarray(j * k * k, (j + 1) * k * k));
    addTo(sum.subarray(j * k * k, (j + 1) * k * k), product(s, block).data);
  }
  const drive = symmetrized(sum, k).map((value, at) => 6 * value + cumulant[at]);
  return { force, mean: relaxVector(rates, force), drive, third: relaxTensor(rates, drive.slice()) };
}

/** S2 of E N N^T = eta S + eta^2 S2 (K x K). O(K^4 + P K^3). */
export function secondMoment(
  { rates, mean, symmetry }: Jets,
  { covariance: s, velocity }: Leading,
  averages: NoiseAverages,
  { averaged }: CubicField,
  { mean: first, third }: SkewedMoments,
): Matrix {
  const k = rates.length;
  // E[f(n) n^T] of the mean field, without its linear part.
  const raw = third.slice();
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      for (let l = 0; l < k; l++) {
        raw[(i * k + j) * k + l] +=
          s.data[i * k + j] * first[l] + s.data[j * k + l] * first[i] + s.data[i * k + l] * first[j];
      }
    }
  }
  const half = transpose(product(asWide(raw, k), asTall(mean.quadratic, k)));
  addTo(half.data, product(averaged, s).data, 3);
  // Noise at n: E xi (A n)^T through E n, E xi B(S)^T.
  addTo(half.data, product(asTall(averages.gain, k), fromData(k, 1, first)).data);
  addTo(half.data, averages.curving.data);
  // The frame follows the rotation: -omega_b Omega_b n.
  symmetry.normal.forEach((rho, b) => {
    const crossed = transpose(averages.turning[b]);
    addTo(half.data, product(rho, s).data, -velocity[b]);
    addTo(half.data, product(rho, s, mean.quadraticRotation[b], s).data, -2);
    addTo(half.data, product(rho, crossed, s).data, -1);
    addTo(half.data, product(crossed, s, transpose(rho)).data, -1);
  });
  const total = plusTransposed(half);
  // The step is discrete: J S J, and the noise that grows with n.
  addTo(total.data, averages.scatter.data);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) total.data[i * k + j] += rates[i] * s.data[i * k + j] * rates[j];
  }
  return relaxMatrix(rates, total);
}
