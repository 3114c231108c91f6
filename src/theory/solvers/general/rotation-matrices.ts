import { addWideProduct } from '#linalg';
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
  const products = Math.max(
    0,
    ...planes.map(({ a, b }) =>
      sumOver(columns, (c) => touching[a * columns + c].length * touching[b * columns + c].length),
    ),
  );
  if (products > DENSE * count ** 2) return denseMatrices(planes, columns, normal);
  const sums = new SparseSums(count);
  return planes.map(({ a, b }) => {
    for (let c = 0; c < columns; c++) {
      for (const left of touching[a * columns + c]) {
        for (const right of touching[b * columns + c]) {
          const value = left.value * right.value;
          sums.add(left.mode, right.mode, value);
          sums.add(right.mode, left.mode, -value);
        }
      }
    }
    return sums.take();
  });
}

/** The same by products of matrices: entries above the diagonal by [e_i[a] | -e_i[b]] and [e_j[b] | e_j[a]], the others by their sign. */
function denseMatrices(planes: readonly Plane[], columns: number, normal: readonly NormalMode[]): SparseEntries[] {
  const count = normal.length;
  const width = 2 * columns;
  const sums = new Float64Array(count * count);
  const [left, right] = [new Float64Array(count * width), new Float64Array(count * width)];
  return planes.map(({ a, b }) => {
    for (const list of [left, right, sums]) list.fill(0);
    normal.forEach(({ indices, values }, mode) => {
      for (let k = 0; k < indices.length; k++) {
        const ofA = indices[k] - a * columns;
        const ofB = indices[k] - b * columns;
        if (ofA >= 0 && ofA < columns) {
          const at = mode * width + 2 * ofA;
          left[at] = right[at + 1] = values[k];
        } else if (ofB >= 0 && ofB < columns) {
          const at = mode * width + 2 * ofB;
          left[at + 1] = -values[k];
          right[at] = values[k];
        }
      }
    });
    addWideProduct(sums, left, right, count, width, count, true);
    for (let i = 0; i < count; i++) {
      sums[i * (count + 1)] = 0;
      for (let j = 0; j < i; j++) sums[i * count + j] = -sums[j * count + i];
    }
    return presentEntries(sums, count);
  });
}

/** Products for each entry of a matrix from which on it is made as a product of matrices rather than in a map. */
const DENSE = 1 / 8;

const sumOver = (count: number, value: (k: number) => number): number => {
  let sum = 0;
  for (let k = 0; k < count; k++) sum += value(k);
  return sum;
};

/** The sums of a matrix (count x count), entry by entry; `take` returns those that were added to, and begins anew. */
class SparseSums {
  readonly #sums = new Map<number, number>();

  constructor(private readonly count: number) {}

  add(i: number, j: number, value: number): void {
    const key = i * this.count + j;
    this.#sums.set(key, (this.#sums.get(key) ?? 0) + value);
  }

  take(): SparseEntries {
    const keys = Float64Array.from(this.#sums.keys()).sort();
    const values = Float64Array.from(keys, (key) => this.#sums.get(key) ?? 0);
    this.#sums.clear();
    return entriesAt(keys, values, this.count);
  }
}

function presentEntries(sums: Float64Array, count: number): SparseEntries {
  let present = 0;
  for (let key = 0; key < sums.length; key++) if (sums[key] !== 0) present++;
  const [rows, cols, values] = [new Int32Array(present), new Int32Array(present), new Float64Array(present)];
  for (let row = 0, key = 0, at = 0; row < count; row++) {
    for (let col = 0; col < count; col++, key++) {
      const value = sums[key];
      if (value === 0) continue;
      rows[at] = row;
      cols[at] = col;
      values[at++] = value;
    }
  }
  return { rows, cols, values };
}

function entriesAt(keys: Float64Array, values: Float64Array, count: number): SparseEntries {
  const [rows, cols] = [new Int32Array(keys.length), new Int32Array(keys.length)];
  for (let at = 0; at < keys.length; at++) {
    rows[at] = Math.floor(keys[at] / count);
    cols[at] = keys[at] % count;
  }
  return { rows, cols, values };
}

/** G_ab = 2 (s_a + s_b) = |Omega_ab Theta*|^2 of each plane. */
export const rotationMetric = (planes: readonly Plane[], s: Float64Array): number[] =>
  planes.map(({ a, b }) => 2 * (s[a] + s[b]));
