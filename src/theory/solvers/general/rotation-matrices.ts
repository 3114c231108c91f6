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
  const sums = products > DENSE * count ** 2 ? new DenseSums(count) : new SparseSums(count);
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

/** Products for each entry of a matrix from which on its entries are summed in place rather than in a map. */
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

class DenseSums {
  readonly #sums: Float64Array;
  readonly #isPresent: Uint8Array;

  constructor(private readonly count: number) {
    this.#sums = new Float64Array(count * count);
    this.#isPresent = new Uint8Array(count * count);
  }

  add(i: number, j: number, value: number): void {
    this.#sums[i * this.count + j] += value;
    this.#isPresent[i * this.count + j] = 1;
  }

  take(): SparseEntries {
    const present = this.#isPresent.reduce((sum, one) => sum + one, 0);
    const keys = new Float64Array(present);
    for (let key = 0, at = 0; key < this.#isPresent.length; key++) if (this.#isPresent[key] === 1) keys[at++] = key;
    const values = keys.map((key) => this.#sums[key]);
    this.#sums.fill(0);
    this.#isPresent.fill(0);
    return entriesAt(keys, values, this.count);
  }
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
