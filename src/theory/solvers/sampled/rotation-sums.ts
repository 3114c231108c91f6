import { addWideProduct } from '#linalg';
import { BATCH, DRAWS } from './noise-draw.js';
import type { Skeleton } from './skeleton.js';

/**
 * Adds to omega (P x BATCH) the learned columns, sum_c w_abc N_ac X_bc - w_bac N_bc X_ac: `table` as in `RotationTable`, n and x
 * r x r x BATCH. O(r^3) for each of the batch, which share the reading of the table.
 */
export function addLearned(
  omega: Float64Array,
  table: Float64Array,
  n: Float64Array,
  x: Float64Array,
  rank: number,
): void {
  const width = rank * BATCH;
  let [out, at] = [0, 0];
  for (let a = 0; a < rank; a++) {
    for (let b = a + 1; b < rank; b++, out += BATCH, at += rank) {
      let [s0, s1, s2, s3] = [0, 0, 0, 0];
      for (let c = 0, ofA = a * width, ofB = b * width; c < rank; c++, at++, ofA += BATCH, ofB += BATCH) {
        const first = table[at];
        const second = table[at + rank];
        s0 += first * n[ofA] * x[ofB] + second * n[ofB] * x[ofA];
        s1 += first * n[ofA + 1] * x[ofB + 1] + second * n[ofB + 1] * x[ofA + 1];
        s2 += first * n[ofA + 2] * x[ofB + 2] + second * n[ofB + 2] * x[ofA + 2];
        s3 += first * n[ofA + 3] * x[ofB + 3] + second * n[ofB + 3] * x[ofA + 3];
      }
      omega[out] += s0;
      omega[out + 1] += s1;
      omega[out + 2] += s2;
      omega[out + 3] += s3;
    }
  }
}

/**
 * The columns that are not learned: products N_ac = sum_d left_ad right_dc of few draws d, and X likewise, so that with w_abc = sum_p
 * w_ab,p weight_p(c)
 *   sum_c w_abc N_ac X_bc = sum_p w_ab,p sum_d' left'_bd' sum_d left_ad z_p,dd',  z_p,dd' = sum_c weight_p(c) right_dc right'_d'c.
 */
export class OtherColumns {
  /** weight_p(c) right_dc, [p][d][c]. */
  readonly #weighted: Float64Array;
  /** z_p,dd' as [p][d][d'], and as [p][d'][d]. */
  readonly #z: Float64Array;
  readonly #turnedZ: Float64Array;
  /** sum_d left_ad z_p,dd', [a][p][d']. */
  readonly #displaced: Float64Array;
  /** sum_d' left'_bd' of it, [b][a][p]. */
  readonly #turned: Float64Array;

  constructor(
    private readonly rank: number,
    private readonly skeleton: Skeleton,
  ) {
    const size = skeleton.columns.length;
    this.#weighted = new Float64Array(size * DRAWS * skeleton.count);
    this.#z = new Float64Array(size * DRAWS * DRAWS);
    this.#turnedZ = new Float64Array(this.#z.length);
    this.#displaced = new Float64Array(rank * size * DRAWS);
    this.#turned = new Float64Array(rank * size * rank);
  }

  /** Adds them to omega, in the given place of the batch; left is r x DRAWS, right DRAWS x (W - r). O(p DRAWS (r^2 + (W - r) DRAWS)). */
  add(
    omega: Float64Array,
    slot: number,
    table: Float64Array,
    left: Float64Array,
    right: Float64Array,
    freshLeft: Float64Array,
    freshRight: Float64Array,
  ): void {
    const { rank } = this;
    const size = this.skeleton.columns.length;
    const [displaced, turned] = [this.#displaced, this.#turned];
    this.#fillInner(right, freshRight);
    displaced.fill(0);
    addWideProduct(displaced, left, this.#turnedZ, rank, DRAWS, size * DRAWS);
    turned.fill(0);
    addWideProduct(turned, freshLeft, displaced, rank, DRAWS, rank * size);
    for (let a = 0, out = slot, at = 0; a < rank; a++) {
      for (let b = a + 1; b < rank; b++, out += BATCH, at += size) {
        let sum = 0;
        for (let p = 0, ab = (b * rank + a) * size, ba = (a * rank + b) * size; p < size; p++, at++, ab++, ba++) {
          sum += table[at] * turned[ab] + table[at + size] * turned[ba];
        }
        omega[out] += sum;
      }
    }
  }

  #fillInner(right: Float64Array, freshRight: Float64Array): void {
    const { weights, columns, count } = this.skeleton;
    const [weighted, z, turnedZ] = [this.#weighted, this.#z, this.#turnedZ];
    for (let p = 0, to = 0; p < columns.length; p++) {
      for (let d = 0, at = 0; d < DRAWS; d++) {
        for (let c = 0, of = p * count; c < count; c++, at++, of++, to++) weighted[to] = weights[of] * right[at];
      }
    }
    z.fill(0);
    addWideProduct(z, weighted, freshRight, columns.length * DRAWS, count, DRAWS);
    for (let p = 0, at = 0; p < z.length; p += DRAWS * DRAWS) {
      for (let d = 0; d < DRAWS; d++) for (let e = 0; e < DRAWS; e++, at++) turnedZ[p + e * DRAWS + d] = z[at];
    }
  }
}
