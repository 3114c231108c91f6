import { apply, dot, inner, row, scale, transpose, type Matrix } from '#linalg';
import type { MeanRotation } from './mean-rotation.js';
import type { Parts } from './parts.js';
import { addTo, contracted, product } from './tensors.js';

/**
 * The mean gradient of m5 in n, its part that is linear in one white variable, P x K: returns a function of the number of a noise
 * field and the rotation of its second order. O(P K^3 + P^2 K^2) each.
 */
export function turnGradient(
  parts: Parts,
  { curvature }: MeanRotation,
): (q: number, second: readonly Matrix[]) => Matrix {
  const { jets, leading, corrector } = parts;
  const { rates, noise, symmetry } = jets;
  const { covariance: s, phase } = leading;
  const k = rates.length;
  const addChart = chartTerms(parts);
  const addFrame = frameTerms(parts);
  return (q, second) => {
    const { normal: xi, linear, linearRotation, cubicRotation } = noise[q];
    const gradient = scale(cubicRotation(s), 3);
    const spread = product(linearRotation, s);
    const pushed = phase.map((plane) => apply(plane, xi));
    addChart(gradient, linearRotation, spread, second);
    addFrame(gradient, linearRotation, spread, q);
    const backward = transpose(linear);
    const moved = product(linear, s);
    phase.forEach((_, b) => {
      const sum = row(gradient, b);
      // The mean step -mu n in psi2, and the step in psi3 and psi4.
      for (let i = 0; i < k; i++) sum[i] -= rates[i] * pushed[b][i];
      addTo(sum, apply(backward, corrector.gradient[b]));
      addTo(sum, contracted(corrector.third[b], k, moved));
      addTo(sum, apply(curvature[b], xi));
    });
    // [omega3, psi2] + 1/2 [delta psi2, psi2].
    for (const { a, b, c, value } of symmetry.structure) {
      const turned = row(linearRotation, b).map((x, i) => x + pushed[b][i] / 2);
      addTo(row(gradient, a), apply(phase[c], apply(s, turned)), value);
    }
    return gradient;
  };
}

/** The chart in which the rotation is read: -lambda_bc(n) omega4_c and its own correction. `spread` is t1 S. */
function chartTerms({ jets: { symmetry }, leading: { covariance: s } }: Parts) {
  const tangent = symmetry.tangent.map((forms) => forms.map((entry) => ({ ...entry, spread: apply(s, entry.form) })));
  // sum_c lambda_bc.S lambda_cd.
  const double = tangent.map((forms) => {
    const factors = new Float64Array(symmetry.planes);
    for (const { b: c, spread } of forms) {
      for (const { b: d, form } of symmetry.tangent[c]) factors[d] += dot(spread, form);
    }
    return factors;
  });
  return (gradient: Matrix, rotation: Matrix, spread: Matrix, second: readonly Matrix[]): void => {
    tangent.forEach((forms, b) => {
      const sum = row(gradient, b);
      for (const { b: c, form, spread: wide } of forms) {
        let along = -inner(second[c], s);
        for (const { b: d, form: inside } of symmetry.tangent[c]) {
          along += dot(inside, row(spread, d));
          addTo(sum, inside, dot(wide, row(rotation, d)));
        }
        addTo(sum, form, along);
        addTo(sum, apply(second[c], wide), -2);
      }
      double[b].forEach((factor, d) => {
        addTo(sum, row(rotation, d), factor);
      });
    });
  };
}

/** The displacement of the step in psi2: quadratic noise, and the frame that follows the rotation. `spread` is t1 S. */
function frameTerms({ jets: { symmetry }, leading: { covariance: s, phase }, averages }: Parts) {
  const backward = symmetry.normal.map(transpose);
  const traces = symmetry.normal.map((rho) => phase.map((plane) => inner(rho, product(plane, s))));
  return (gradient: Matrix, rotation: Matrix, spread: Matrix, q: number): void => {
    const turned = new Float64Array(s.cols);
    symmetry.normal.forEach((rho, c) => {
      addTo(turned, apply(rho, row(spread, c)));
    });
    phase.forEach((plane, b) => {
      const sum = row(gradient, b);
      addTo(sum, apply(plane, row(averages.force, q)));
      addTo(sum, row(averages.phaseForce[q], b), 2);
      backward.forEach((rho, c) => {
        addTo(sum, row(rotation, c), -traces[c][b]);
        addTo(sum, apply(rho, apply(plane, row(spread, c))), -1);
      });
      addTo(sum, apply(plane, turned), -1);
    });
  };
}
