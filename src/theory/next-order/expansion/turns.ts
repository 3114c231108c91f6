import { add, apply, dot, inner, row, symmetrize, transpose, type Matrix } from '#linalg';
import type { NoiseJets } from './jets.js';
import type { MeanRotation } from './mean-rotation.js';
import type { Parts } from './parts.js';
import { addOuter, addTo, along, product } from './tensors.js';
import { turnGradient } from './turn-gradient.js';

/**
 * The rotation of one step in the frame of the correctors, a martingale difference: eta^(3/2) m3 + eta^2 m4 + eta^(5/2) m5 in each
 * plane, of which this is the part that is linear in one white variable.
 */
interface Turn {
  /** W_a of m4 = n.W_a n - tr W_a S + y_a, for each plane (K x K, symmetric). */
  readonly quadratic: readonly Matrix[];
  /** y_a (P). */
  readonly constant: Float64Array;
  /** Mean gradient of m5 in n (P x K). */
  readonly gradient: Matrix;
  /** D^a(xi) for each plane (K x K). */
  readonly third: readonly Matrix[];
}

/** m3 = a_a.n with a_a = t1_a + P^a xi (P x K). */
export function firstTurn({ leading }: Parts, { normal, linearRotation }: NoiseJets): Matrix {
  const result = { ...linearRotation, data: linearRotation.data.slice() };
  leading.phase.forEach((plane, a) => {
    addTo(row(result, a), apply(plane, normal));
  });
  return result;
}

/** Returns the function of a field, by its number, to its turn. O(P K^3 + P^2 K^2) each. */
export function turnOf(parts: Parts, rotation: MeanRotation): (q: number) => Turn {
  const { jets, leading, corrector } = parts;
  const k = jets.rates.length;
  const gradientOf = turnGradient(parts, rotation);
  return (q) => {
    const { normal: xi, linear, linearRotation, quadraticRotation } = jets.noise[q];
    const second = quadraticRotation();
    const third = corrector.third.map((tensor) => along(tensor, k, xi));
    const backward = transpose(linear);
    // t2 - lambda t1 + A^T P; with psi3 there is D(xi) / 2 too, whose mean psi3 contains.
    const forms = leading.phase.map((plane, a) => {
      const form = add(product(backward, plane), second[a]);
      for (const { b, form: lambda } of jets.symmetry.tangent[a]) addOuter(form, lambda, row(linearRotation, b), -1);
      return symmetrize(form);
    });
    return {
      quadratic: forms.map((form, a) => add(form, third[a], 0.5)),
      constant: Float64Array.from(forms, (form, a) => dot(corrector.gradient[a], xi) + inner(form, leading.covariance)),
      gradient: gradientOf(q, second),
      third,
    };
  };
}
