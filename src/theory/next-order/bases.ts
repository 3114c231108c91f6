import { dot, symmetricEigen, zeros, type Matrix } from '#linalg';
import { planes } from '../rotation/planes.js';
import type { NormalMode } from '../solvers/general/hessian.js';
import type { ModeCoordinates } from '../solvers/general/mode-coordinates.js';

/** Bases of the space of displacements, vectors of d = r (n+m) numbers. */
export interface Bases {
  /** Orthonormal normal modes. */
  readonly normal: readonly Float64Array[];
  /** Omega_ab Theta* / G_ab: the inner product with a displacement is its rotation omega_ab. */
  readonly tangent: readonly Float64Array[];
  /** T^ab of each plane, N -> normal part of Omega_ab N (K x K). */
  readonly rotations: readonly Matrix[];
}

export function basesOf(modes: ModeCoordinates, normal: readonly NormalMode[]): Bases {
  const { singularValues, inputs: n, outputs: m } = modes;
  const columns = n + m;
  const size = singularValues.length * columns;
  const dense = normal.map(({ indices, values }) => {
    const vector = new Float64Array(size);
    indices.forEach((variable, k) => (vector[variable] = values[k]));
    return vector;
  });
  const theta = new Float64Array(size);
  singularValues.forEach((s, a) => {
    theta[a * columns + a] = theta[a * columns + n + a] = Math.sqrt(s);
  });
  /** Omega_ab vector. */
  const rotated = (a: number, b: number, vector: Float64Array): Float64Array => {
    const moved = new Float64Array(size);
    for (let c = 0; c < columns; c++) {
      moved[a * columns + c] = vector[b * columns + c];
      moved[b * columns + c] = -vector[a * columns + c];
    }
    return moved;
  };
  const all = planes(singularValues.length);
  return {
    normal: dense,
    tangent: all.map(({ a, b }) => {
      const moved = rotated(a, b, theta);
      const metric = dot(moved, moved);
      return moved.map((value) => value / metric);
    }),
    rotations: all.map(({ a, b }) => {
      const images = dense.map((vector) => rotated(a, b, vector));
      const matrix = zeros(dense.length, dense.length);
      dense.forEach((left, i) => {
        images.forEach((image, j) => (matrix.data[i * dense.length + j] = dot(left, image)));
      });
      return matrix;
    }),
  };
}

/** Displacements u_k with sum u_k u_k^T = S. */
export function principalDisplacements(normal: readonly Float64Array[], s: Matrix): Float64Array[] {
  const { values, vectors } = symmetricEigen(s);
  return Array.from(values, (value, k) => {
    const vector = new Float64Array(normal[0].length);
    normal.forEach((mode, i) => {
      const weight = Math.sqrt(Math.max(value, 0)) * vectors.data[i * vectors.cols + k];
      for (let at = 0; at < vector.length; at++) vector[at] += weight * mode[at];
    });
    return vector;
  });
}
