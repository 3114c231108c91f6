import { apply, zeros, type Matrix } from '#linalg';
import type { NoiseAverages } from './averages.js';
import type { Jets, SymmetryJets } from './jets.js';
import type { Leading } from './leading.js';
import { relaxTensor, relaxVector } from './relaxation.js';
import { addTo, asTall, contractPair, contracted, product, symmetrized } from './tensors.js';

/** What the third derivative of the mean field gives to the expansion. */
export interface CubicField {
  /** Q(S, .): r_i . Q_jkl S_jk at (i, l) (K x K). */
  readonly averaged: Matrix;
  /** sum_ik Q_i(e_p, e_q, e_k) (S P^a)_ki at (p, q), for each plane. */
  readonly alongPhase: readonly Matrix[];
  /** Symmetric part of t3_a - sum_b lambda_ab t2_b: mean rotation of the chart at third order, P tensors of K^3. */
  readonly rotation: readonly Float64Array[];
}

/** Two passes over the indices, P tensors K^3: O(P K^4). */
export function cubicField({ rates, mean, symmetry }: Jets, { covariance: s, phase }: Leading): CubicField {
  const k = rates.length;
  const averaged = zeros(k, k);
  const alongPhase = phase.map(() => zeros(k, k));
  const rotation = phase.map(() => new Float64Array(k ** 3));
  const shifted = phase.map((plane) => product(s, plane).data);
  mean.visitCubic((j, l, m, normal, rotations) => {
    for (const [p, q, last] of splitsOf(j, l, m)) {
      const weight = p === q ? s.data[p * k + q] : 2 * s.data[p * k + q];
      for (let i = 0; i < k; i++) averaged.data[i * k + last] += weight * normal[i];
      shifted.forEach((factors, a) => {
        let sum = 0;
        for (let i = 0; i < k; i++) sum += normal[i] * factors[last * k + i];
        alongPhase[a].data[p * k + q] += sum;
        if (p !== q) alongPhase[a].data[q * k + p] += sum;
        rotation[a][(p * k + q) * k + last] = rotation[a][(q * k + p) * k + last] = rotations[a];
      });
    }
  });
  return {
    averaged,
    alongPhase,
    rotation: rotation.map((third, a) => symmetrized(subtractTangent(third, a, symmetry, mean.quadraticRotation), k)),
  };
}

/** The different ways to take one of three indices j <= k <= l apart: the other two, and that one. */
function splitsOf(j: number, k: number, l: number): (readonly [number, number, number])[] {
  const last: (readonly [number, number, number])[] = [[j, k, l]];
  if (k !== l) last.push([j, l, k]);
  if (j !== k) last.push([k, l, j]);
  return last;
}

/** t3_a - sum_b lambda_ab t2_b, in place. */
function subtractTangent(
  third: Float64Array,
  a: number,
  { tangent }: SymmetryJets,
  rotation: readonly Matrix[],
): Float64Array {
  const size = rotation[a].data.length;
  for (const { b, form } of tangent[a]) {
    form.forEach((value, i) => {
      addTo(third.subarray(i * size, (i + 1) * size), rotation[b].data, -value);
    });
  }
  return third;
}

/** The corrector of third degree of the phase, psi3 = D(n, n, n) / 6 + a linear part, for each plane. */
export interface CubicCorrector {
  /** D^a (K^3, symmetric). */
  readonly third: readonly Float64Array[];
  /** Mean of the gradient of psi3 under the leading order (K). */
  readonly gradient: readonly Float64Array[];
  /** Linear mean rotation - sum_bc E lambda_ab(xi) t1_b of the chart at order eta^(5/2) (K). */
  readonly linear: readonly Float64Array[];
}

/** O(P K^4). */
export function cubicCorrector(
  { rates, mean, symmetry }: Jets,
  { covariance: s, phase }: Leading,
  { gain, turning }: NoiseAverages,
  { rotation }: CubicField,
): CubicCorrector {
  const k = rates.length;
  const linear = phase.map((_, a) => {
    const sum = new Float64Array(k);
    for (const { b, form } of symmetry.tangent[a]) addTo(sum, apply(turning[b], form), -1);
    return sum;
  });
  const third: Float64Array[] = [];
  const gradient = phase.map((plane, a) => {
    const drive = symmetrized(product(asTall(mean.quadratic, k), plane).data, k);
    addTo(drive, rotation[a]);
    const pull = contracted(drive, k, s).map((value) => 3 * value);
    addTo(pull, linear[a]);
    addTo(pull, contractPair(gain, k, plane));
    third.push(relaxTensor(rates, drive.map((value) => 6 * value))); // prettier-ignore
    return relaxVector(rates, pull);
  });
  return { third, gradient, linear };
}
