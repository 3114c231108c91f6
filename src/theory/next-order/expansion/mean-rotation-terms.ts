import { add, apply, dot, inner, scale, symmetrize, transpose, zeros, type Matrix } from '#linalg';
import type { Parts } from './parts.js';
import { addOuter, addTo, along, contracted, plusTransposed, product } from './tensors.js';

/** One part of h4: its mean under the leading order, and the mean of its second derivatives (K x K). */
export interface RotationTerm {
  readonly mean: number;
  readonly curvature: Matrix;
}

/** The quadratic form of h4 in plane a, n.M n with its mean tr M S and second derivatives M + M^T. O(P K^3). */
export function quadraticTerm({ jets, leading, averages, corrector }: Parts, a: number): Matrix {
  const { rates, symmetry } = jets;
  const { turning } = averages;
  const k = rates.length;
  const phase = leading.phase[a];
  // The quadratic noise along the gradient of psi2; the step itself, J n and A n, in psi2.
  const form = add(averages.bending[a], averages.phaseScatter[a], 0.5);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) form.data[i * k + j] += (rates[i] * phase.data[i * k + j] * rates[j]) / 2;
  }
  // The frame follows the rotation of first order in n, against n and against the noise.
  symmetry.normal.forEach((rho, b) => {
    addTo(form.data, product(turning[b], transpose(rho), phase).data, -1);
    addTo(form.data, product(turning[b], phase, rho).data, -1);
  });
  // The chart.
  addTo(form.data, averages.quadraticTurning[a].data, -1);
  addTo(form.data, averages.mixedTurning[a].data, -1);
  addTo(form.data, averages.doubleTurning[a].data, -0.5);
  for (const { b, form: lambda } of symmetry.tangent[a]) {
    addOuter(form, lambda, corrector.linear[b], -1);
    for (const { b: c, form: inner } of symmetry.tangent[b]) addOuter(form, inner, apply(turning[c], lambda));
  }
  // 1/2 [omega3, delta psi2].
  for (const { a: first, b, c, value } of symmetry.structure) {
    if (first === a) addTo(form.data, product(turning[b], leading.phase[c]).data, value / 2);
  }
  return form;
}

/** The quartic parts of h4 in plane a. O(P K^3). */
export const quarticTerms = (parts: Parts, a: number): RotationTerm[] => [
  ...frameTerms(parts, a),
  ...chartTerms(parts, a),
  ...commutatorTerms(parts, a),
];

/** -omega4_b (Omega_b n).P^a n: the frame follows the mean rotation. */
function frameTerms({ jets: { symmetry, mean }, leading }: Parts, a: number): RotationTerm[] {
  const { covariance: s, phase, velocity } = leading;
  return symmetry.normal.map((rho, b) => {
    const rotation = mean.quadraticRotation[b];
    const turned = symmetrize(product(transpose(rho), phase[a]));
    const spread = inner(turned, s);
    const mixed = product(rotation, s, turned);
    const curvature = scale(plusTransposed(mixed), -4);
    addTo(curvature.data, rotation.data, -2 * spread);
    addTo(curvature.data, turned.data, -2 * velocity[b]);
    return { mean: -velocity[b] * spread - 2 * inner(mixed, s), curvature };
  });
}

/** -lambda_ab(n) omega5_b: the chart in which the rotation is read. */
function chartTerms(
  { jets: { rates, symmetry }, leading: { covariance: s }, cubic }: Parts,
  a: number,
): RotationTerm[] {
  const k = rates.length;
  return symmetry.tangent[a].map(({ b, form }) => {
    const rotation = cubic.rotation[b];
    const spread = apply(s, form);
    const averaged = contracted(rotation, k, s);
    const outer = zeros(k, k);
    addOuter(outer, form, averaged, -3);
    return {
      mean: -3 * dot(spread, averaged),
      curvature: add(plusTransposed(outer), along(rotation, k, spread), -6),
    };
  });
}

/** 1/2 [omega4, psi2] and 1/2 [v4, psi2]. */
function commutatorTerms({ jets: { symmetry, mean }, leading }: Parts, a: number): RotationTerm[] {
  const { covariance: s, phase, velocity } = leading;
  return symmetry.structure
    .filter((entry) => entry.a === a)
    .map(({ b, c, value }) => {
      const mixed = product(mean.quadraticRotation[b], s, phase[c]);
      return {
        mean: (value / 2) * inner(mixed, s),
        curvature: scale(add(plusTransposed(mixed), phase[c], velocity[b]), value),
      };
    });
}
