import { column, fromData, lyapunovSolver, transpose, zeros, type Matrix } from '#linalg';
import type { Orbit, RuleModel, TangentSpace } from '#model';
import type { UpdateField } from './field.js';
import type { LinearOrder } from './linear-order.js';

/** Second derivatives of the mean step on the normal space. */
interface NormalCurvature {
  /** D^2 f(e_i, e_j) as vectors of d numbers, for i <= j, in the order of `pairIndex`. */
  readonly pairs: readonly Float64Array[];
}

/** Place of the pair i <= j of m directions. */
const pairIndex = (m: number, i: number, j: number): number => i * m - (i * (i - 1)) / 2 + (j - i);

export function normalCurvature<M extends RuleModel>(
  field: UpdateField<M>,
  vector: Float64Array,
  { basis }: LinearOrder,
): NormalCurvature {
  const columns = Array.from({ length: basis.cols }, (_, i) => column(basis, i));
  return { pairs: columns.flatMap((u, i) => columns.slice(i).map((v) => field.curvature(vector, u, v))) };
}

/** sum over i, j of c_ij D^2 f(e_i, e_j) for a symmetric c (m x m): d numbers. */
export function contract({ pairs }: NormalCurvature, c: Matrix): Float64Array {
  const m = c.rows;
  const sum = new Float64Array(pairs[0]?.length ?? 0);
  for (let i = 0; i < m; i++) {
    for (let j = i; j < m; j++) {
      const weight = (i === j ? 1 : 2) * c.data[i * m + j];
      const pair = pairs[pairIndex(m, i, j)];
      for (let k = 0; k < sum.length; k++) sum[k] += weight * pair[k];
    }
  }
  return sum;
}

/**
 * P^a of the phase phi_a = l_a.y + 1/2 y^T P^a y + ..., the rotation at which the mean flow from S* + y ends, for each of the rho
 * directions of the orbit: d x d in the coordinates (t, n) of `LinearOrder`. The phase is invariant under the flow and turns with
 * the symmetry, so that
 *   normal x normal:   P Df + Df^T P = -l_a.D^2 f,
 *   tangent x normal:  P(tau_b, N) = -l_a.Omega_b.N,
 *   tangent x tangent: P(tau_b, tau_c) = -1/2 l_a.(Omega_b.tau_c + Omega_c.tau_b).
 */
export function phaseForms(
  orbit: Orbit,
  { combinations }: TangentSpace,
  { tangents, duals, basis, normal, rates }: LinearOrder,
  { pairs }: NormalCurvature,
): Matrix[] {
  const rho = tangents.cols;
  const m = basis.cols;
  const d = rho + m;
  if (rho === 0) return [];
  const turned = (vector: Float64Array): Float64Array[] => {
    const byPlane = orbit.planes.map((plane) => orbit.turn(plane, vector));
    return Array.from({ length: rho }, (_, b) => {
      const sum = new Float64Array(d);
      byPlane.forEach((moved, p) => {
        const weight = combinations.data[p * rho + b];
        if (weight !== 0) for (let i = 0; i < d; i++) sum[i] += weight * moved[i];
      });
      return sum;
    });
  };
  const dot = (l: number, vector: Float64Array): number => {
    let sum = 0;
    for (let i = 0; i < d; i++) sum += duals.data[i * rho + l] * vector[i];
    return sum;
  };
  // [column][b]: Omega_b of every tangent and normal vector.
  const turnedTangents = Array.from({ length: rho }, (_, c) => turned(column(tangents, c)));
  const turnedNormals = Array.from({ length: m }, (_, i) => turned(column(basis, i)));
  const size = ({ real, imaginary }: { real: number; imaginary: number }): number => Math.hypot(real, imaginary);
  const sizes = rates.map(size);
  const shift = m > 0 ? Math.sqrt(Math.min(...sizes) * Math.max(...sizes)) : 1;
  const solve = lyapunovSolver(transpose(normal), shift);
  return Array.from({ length: rho }, (_, a) => {
    const form = zeros(d, d);
    const set = (i: number, j: number, value: number): void => {
      form.data[i * d + j] = form.data[j * d + i] = value;
    };
    for (let b = 0; b < rho; b++) {
      for (let c = 0; c <= b; c++) set(b, c, -0.5 * (dot(a, turnedTangents[c][b]) + dot(a, turnedTangents[b][c])));
      for (let i = 0; i < m; i++) set(b, rho + i, -dot(a, turnedNormals[i][b]));
    }
    const curvature = new Float64Array(m * m);
    for (let i = 0; i < m; i++) {
      for (let j = i; j < m; j++) {
        curvature[i * m + j] = curvature[j * m + i] = dot(a, pairs[pairIndex(m, i, j)]);
      }
    }
    const solved = solve(fromData(m, m, curvature));
    for (let i = 0; i < m; i++) for (let j = i; j < m; j++) set(rho + i, rho + j, solved.data[i * m + j]);
    return form;
  });
}
