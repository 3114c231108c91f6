import type { Plane } from '../../rotation/planes.js';
import type { NormalMode } from './hessian.js';
import type { ModeCoordinates } from './mode-coordinates.js';

/** A sparse K x K matrix as a list of entries, row by row. */
export interface SparseEntries {
  readonly rows: Int32Array;
  readonly cols: Int32Array;
  readonly values: Float64Array;
}

/**
 * The rotation of each plane, Theta -> Omega_ab Theta, in the normal eigenbasis:
 * T^ab_ij = e_i . (Omega_ab e_j) = sum over columns of e_i[a] e_j[b] - e_i[b] e_j[a], antisymmetric (K x K).
 */
export function rotationMatrices(
  planes: readonly Plane[],
  modes: ModeCoordinates,
  normal: readonly NormalMode[],
): SparseEntries[] {
  const columns = modes.inputs + modes.outputs;
  const touching: { mode: number; value: number }[][] = Array.from(
    { length: modes.singularValues.length * columns },
    () => [],
  );
  normal.forEach(({ indices, values }, mode) => {
    indices.forEach((variable, k) => {
      if (values[k] !== 0) touching[variable].push({ mode, value: values[k] });
    });
  });
  const count = normal.length;
  return planes.map(({ a, b }) => {
    const sums = new Map<number, number>();
    for (let c = 0; c < columns; c++) {
      for (const left of touching[a * columns + c]) {
        for (const right of touching[b * columns + c]) {
          const value = left.value * right.value;
          const forward = left.mode * count + right.mode;
          const backward = right.mode * count + left.mode;
          sums.set(forward, (sums.get(forward) ?? 0) + value);
          sums.set(backward, (sums.get(backward) ?? 0) - value);
        }
      }
    }
    const keys = Float64Array.from(sums.keys()).sort();
    return {
      rows: Int32Array.from(keys, (key) => Math.floor(key / count)),
      cols: Int32Array.from(keys, (key) => key % count),
      values: Float64Array.from(keys, (key) => sums.get(key) ?? 0),
    };
  });
}

/** G_ab = 2 (s_a + s_b) = |Omega_ab Theta*|^2 of each plane. */
export const rotationMetric = (planes: readonly Plane[], s: Float64Array): number[] =>
  planes.map(({ a, b }) => 2 * (s[a] + s[b]));
