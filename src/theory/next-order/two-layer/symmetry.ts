import { zeros } from '#linalg';
import { planes as planesOf, type Plane } from '../../rotation/planes.js';
import type { PlaneTriple, SymmetryJets, TangentForm } from '../expansion/jets.js';
import type { NormalBasis } from './basis.js';

/** How rotations of the hidden layer act on the normal basis of two-layer SGD. O(P K^2 d + P^2 K), d = r (n+m). */
export function hiddenRotations(basis: NormalBasis): SymmetryJets {
  const { inputs: n, outputs: m } = basis.modes;
  const columns = n + m;
  const rank = basis.root.length;
  const k = basis.count;
  const all = planesOf(rank);
  const normal = all.map(() => zeros(k, k));
  const tangent = all.map((): TangentForm[] => []);
  const rotations = new Float64Array(all.length);
  all.forEach((plane, b) => {
    const forms = all.map(() => new Float64Array(k));
    const image = new Float64Array(k);
    for (let j = 0; j < k; j++) {
      const moved = rotated(plane, basis.displacement(j), columns);
      basis.project(moved, image, 0);
      for (let i = 0; i < k; i++) normal[b].data[i * k + j] = image[i];
      basis.rotation(moved, rotations);
      rotations.forEach((value, a) => (forms[a][j] = value));
    }
    forms.forEach((form, a) => {
      if (form.some((value) => value !== 0)) tangent[a].push({ b, form });
    });
  });
  const second: PlaneTriple[] = [];
  all.forEach((outer, b) => {
    all.forEach((inside, c) => {
      basis.rotation(rotated(outer, rotated(inside, basis.minimum(), columns), columns), rotations);
      rotations.forEach((value, a) => {
        if (value !== 0) second.push({ a, b, c, value });
      });
    });
  });
  return { planes: all.length, normal, tangent, second, structure: structureConstants(all, rank) };
}

/** Omega_ab v. */
function rotated({ a, b }: Plane, v: Float64Array, columns: number): Float64Array {
  const result = new Float64Array(v.length);
  for (let c = 0; c < columns; c++) {
    result[a * columns + c] = v[b * columns + c];
    result[b * columns + c] = -v[a * columns + c];
  }
  return result;
}

/** c_abc of so(r): [Omega_b, Omega_c] = sum_a c_abc Omega_a. */
function structureConstants(all: readonly Plane[], rank: number): PlaneTriple[] {
  const result: PlaneTriple[] = [];
  all.forEach((left, b) => {
    all.forEach((right, c) => {
      const commutator = zeros(rank, rank).data;
      for (let column = 0; column < rank; column++) {
        const axis = new Float64Array(rank);
        axis[column] = 1;
        const forward = rotated(left, rotated(right, axis, 1), 1);
        const backward = rotated(right, rotated(left, axis, 1), 1);
        for (let i = 0; i < rank; i++) commutator[i * rank + column] = forward[i] - backward[i];
      }
      all.forEach((plane, a) => {
        const value = commutator[plane.a * rank + plane.b];
        if (value !== 0) result.push({ a, b, c, value });
      });
    });
  });
  return result;
}
