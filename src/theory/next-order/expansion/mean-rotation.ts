import { add, apply, dot, fromData, inner, scale, transpose, type Matrix } from '#linalg';
import { quadraticTerm, quarticTerms, type RotationTerm } from './mean-rotation-terms.js';
import { relaxMatrix } from './relaxation.js';
import { addTo, along, asTall, asWide, plusTransposed, product, productTransposed } from './tensors.js';
import type { Parts } from './parts.js';

/**
 * The mean rotation h4 of one step at order eta^3 in the frame that the correctors psi2 and psi3 define: its mean is the next order of
 * the velocity, its second derivatives make the corrector psi4.
 */
export interface MeanRotation {
  /** v6 (P): the velocity is eta^2 v4 + eta^3 v6. */
  readonly velocity: Float64Array;
  /** Mean second derivative of psi4, for each plane (K x K). */
  readonly curvature: readonly Matrix[];
}

/** O(P K^4 + P^2 K^3). */
export function meanRotation(parts: Parts): MeanRotation {
  const { jets, leading } = parts;
  const responses = thirdResponses(parts);
  const quartic = jets.mean.quarticRotation?.(leading.covariance);
  const velocity = new Float64Array(jets.symmetry.planes);
  const curvature = leading.phase.map((_, a) => {
    const form = quadraticTerm(parts, a);
    const terms = [cubicTerm(parts, responses, a), ...quarticTerms(parts, a)];
    if (quartic) terms.push({ mean: 3 * inner(quartic[a], leading.covariance), curvature: scale(quartic[a], 12) });
    velocity[a] = inner(form, leading.covariance) + terms.reduce((sum, { mean }) => sum + mean, 0);
    const total = terms.reduce((sum, term) => add(sum, term.curvature), plusTransposed(form));
    return relaxMatrix(jets.rates, total);
  });
  return { velocity, curvature };
}

/** 2 (B_i S)_pl + E xi_l A_ip at (p, l, i): what meets the third derivatives of psi3 in its second derivatives (K x K^2). */
function thirdResponses({ jets: { rates, mean }, leading, averages }: Parts): Matrix {
  const k = rates.length;
  const result = new Float64Array(k ** 3);
  for (let p = 0; p < k; p++) {
    const block = result.subarray(p * k * k, (p + 1) * k * k);
    const curved = fromData(k, k, mean.quadratic.subarray(p * k * k, (p + 1) * k * k));
    addTo(block, product(leading.covariance, curved).data, 2);
    for (let l = 0; l < k; l++) {
      for (let i = 0; i < k; i++) block[l * k + i] += averages.gain[(l * k + i) * k + p];
    }
  }
  return fromData(k, k * k, result);
}

/** What psi3 and psi2 give as the law of n moves: terms of the generator of one step at orders eta^(3/2) and eta^2. */
function cubicTerm({ jets, leading, cubic, corrector, moments }: Parts, responses: Matrix, a: number): RotationTerm {
  const k = jets.rates.length;
  const phase = leading.phase[a];
  const third = corrector.third[a];
  const gradient = corrector.gradient[a];
  const curvature = plusTransposed(
    add(productTransposed(responses, asWide(third, k)), product(transpose(cubic.averaged), phase), 3),
  );
  addTo(curvature.data, apply(asTall(jets.mean.quadratic, k), gradient), 2);
  addTo(curvature.data, along(third, k, moments.force).data);
  return {
    mean:
      dot(moments.force, gradient) +
      dot(moments.drive, third) / 6 +
      3 * inner(transpose(cubic.averaged), product(leading.covariance, phase)),
    curvature: add(curvature, scale(cubic.alongPhase[a], 6)),
  };
}
