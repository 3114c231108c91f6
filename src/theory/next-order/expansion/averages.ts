import { apply, dot, fromData, row, transpose, zeros, type Matrix } from '#linalg';
import type { Jets } from './jets.js';
import type { Leading } from './leading.js';
import { addOuter, addTo, contractPair, product } from './tensors.js';

/**
 * Means over samples of products of two noise fields, per step (the batch included). xi, A, t1, B, t2 are the derivatives of a
 * field in the order of `NoiseJets`.
 */
export interface NoiseAverages {
  /** E xi_i A_jk (K^3). */
  readonly gain: Float64Array;
  /** E A S A^T. */
  readonly scatter: Matrix;
  /** E A^T P^a A, for each plane. */
  readonly phaseScatter: readonly Matrix[];
  /** E t1_b xi^T, for each plane. */
  readonly turning: readonly Matrix[];
  /** sum_bc chi_abc E t1_b t1_c^T, for each plane a. */
  readonly doubleTurning: readonly Matrix[];
  /** sum_b E lambda_ab(xi) t2_b, for each plane a. */
  readonly quadraticTurning: readonly Matrix[];
  /** sum_b E (A^T lambda_ab) t1_b^T, for each plane a. */
  readonly mixedTurning: readonly Matrix[];
  /** E (P^a xi).B(., .), for each plane. */
  readonly bending: readonly Matrix[];
  /** E xi B(S)^T. */
  readonly curving: Matrix;
  /** B(S) of each field, q x K. */
  readonly force: Matrix;
  /** sum_ij B_i(e_j, e_m) (S P^a)_ji of each field, P x K. */
  readonly phaseForce: readonly Matrix[];
}

/** O(q P K^3). */
export function noiseAverages(jets: Jets, { covariance: s, phase }: Leading): NoiseAverages {
  const { rates, noise: fields, symmetry, batchSize } = jets;
  const k = rates.length;
  const { planes, tangent } = symmetry;
  const perPlane = (): Matrix[] => Array.from({ length: planes }, () => zeros(k, k));
  const gain = new Float64Array(k ** 3);
  const scatter = zeros(k, k);
  const curving = zeros(k, k);
  const force = zeros(fields.length, k);
  const [phaseScatter, turning, quadraticTurning, mixedTurning, bending] = Array.from({ length: 5 }, perPlane);
  const phaseForce: Matrix[] = [];
  const shifted = phase.map((plane) => product(s, plane));
  fields.forEach((field, q) => {
    const { normal: xi, linear, linearRotation } = field;
    const weight = 1 / batchSize;
    xi.forEach((value, i) => {
      addTo(gain.subarray(i * k * k, (i + 1) * k * k), linear.data, weight * value);
    });
    const transposed = transpose(linear);
    addTo(scatter.data, product(linear, s, transposed).data, weight);
    const bent = fromData(k * k, k, field.quadratic());
    const pushed = contractPair(bent.data, k, s);
    force.data.set(pushed, q * k);
    addOuter(curving, xi, pushed, weight);
    const second = field.quadraticRotation();
    phaseForce.push(phaseForces(bent, shifted));
    phase.forEach((plane, a) => {
      addTo(phaseScatter[a].data, product(transposed, plane, linear).data, weight);
      addTo(bending[a].data, apply(bent, apply(plane, xi)), weight);
      addOuter(turning[a], row(linearRotation, a), xi, weight);
      for (const { b, form } of tangent[a]) {
        addTo(quadraticTurning[a].data, second[b].data, weight * dot(form, xi));
        addOuter(mixedTurning[a], apply(transposed, form), row(linearRotation, b), weight);
      }
    });
  });
  const doubleTurning = doubleTurnings(jets, perPlane());
  return {
    gain,
    scatter,
    phaseScatter,
    turning,
    doubleTurning,
    quadraticTurning,
    mixedTurning,
    bending,
    curving,
    force,
    phaseForce,
  };
}

/** sum_ij B_i(e_j, e_m) (S P^a)_ji, P x K. */
function phaseForces(bent: Matrix, shifted: readonly Matrix[]): Matrix {
  const k = bent.cols;
  const result = zeros(shifted.length, k);
  shifted.forEach((plane, a) => {
    for (let j = 0; j < k; j++) {
      const factors = row(plane, j);
      for (let m = 0; m < k; m++) result.data[a * k + m] += dot(row(bent, j * k + m), factors);
    }
  });
  return result;
}

function doubleTurnings({ noise: fields, symmetry, batchSize }: Jets, result: Matrix[]): Matrix[] {
  for (const { a, b, c, value } of symmetry.second) {
    for (const { linearRotation } of fields) {
      addOuter(result[a], row(linearRotation, b), row(linearRotation, c), value / batchSize);
    }
  }
  return result;
}
