import { addWideProduct } from '#linalg';
import type { CommutingModes } from '../commuting/modes.js';
import type { ImportantSamples } from './importance.js';
import type { NoiseProduct } from './noise-products.js';

/** Independent draws in each noise and each displacement: their sum / sqrt(DRAWS) has the same second moment and lighter tails. */
export const DRAWS = 8;
/** Noises that are drawn before they are used. */
export const BATCH = 4;

/** Gradient noises of DRAWS random inputs each: their products for the learned modes, and what those with other columns are made of. */
export class NoiseDraw {
  /** Of each product, sum of weight left_a right_c less the mean, r x r x BATCH. */
  readonly products: readonly Float64Array[];
  /** Of each product, place and draw, weight left_a, r x DRAWS. */
  readonly left: readonly (readonly Float64Array[])[];
  /** Of each product, place and draw, right_c of the columns beyond the modes, DRAWS x (W - r). */
  readonly right: readonly (readonly Float64Array[])[];
  /** Of each product, right_a of the learned modes, r x DRAWS. */
  readonly #learned: readonly Float64Array[];
  readonly #weights = new Float64Array(DRAWS);
  readonly #sums: Float64Array;
  readonly #x: Float64Array;
  readonly #error: Float64Array;

  constructor(
    private readonly modes: CommutingModes,
    private readonly kinds: readonly NoiseProduct[],
    private readonly samples: ImportantSamples,
  ) {
    const { rank, columns } = modes;
    const batch = (size: number): Float64Array[] => Array.from({ length: BATCH }, () => new Float64Array(size));
    this.products = kinds.map(() => new Float64Array(rank * rank * BATCH));
    this.left = kinds.map(() => batch(rank * DRAWS));
    this.right = kinds.map(() => batch(DRAWS * (columns - rank)));
    this.#learned = kinds.map(() => new Float64Array(rank * DRAWS));
    this.#sums = new Float64Array(rank * rank);
    this.#x = new Float64Array(columns);
    this.#error = new Float64Array(columns);
  }

  /** Draws the noise of one place of the batch anew, scaled by `scale`. */
  draw(slot: number, scale: number): void {
    const { rank, columns } = this.modes;
    for (let draw = 0; draw < DRAWS; draw++) {
      const weight = (this.#drawInput() * scale) / Math.sqrt(DRAWS);
      this.#weights[draw] = weight;
      this.kinds.forEach(({ isErrorLeft, isErrorRight }, k) => {
        const [left, right] = [isErrorLeft ? this.#error : this.#x, isErrorRight ? this.#error : this.#x];
        for (let a = 0; a < rank; a++) {
          this.left[k][slot][a * DRAWS + draw] = weight * left[a];
          this.#learned[k][a * DRAWS + draw] = right[a];
        }
        this.right[k][slot].set(right.subarray(rank), draw * (columns - rank));
      });
    }
    this.kinds.forEach(({ means }, k) => {
      this.#fillProducts(this.products[k], slot, this.left[k][slot], this.#learned[k], means);
    });
  }

  #fillProducts(
    products: Float64Array,
    slot: number,
    left: Float64Array,
    right: Float64Array,
    means: Float64Array,
  ): void {
    const { rank } = this.modes;
    const sums = this.#sums;
    sums.fill(0);
    addWideProduct(sums, left, right, rank, DRAWS, rank);
    for (let a = 0; a < rank; a++) {
      let own = 0;
      for (let draw = 0, at = a * DRAWS; draw < DRAWS; draw++, at++) {
        own -= this.#weights[draw] * means[a];
        own += left[at] * right[at];
      }
      sums[a * (rank + 1)] = own;
    }
    for (let from = 0, at = slot; from < sums.length; from++, at += BATCH) products[at] = sums[from];
  }

  /** Fills x~ and e~ = rho x~ + eps, and returns the weight of the draw. */
  #drawInput(): number {
    const { inputs, columns, residual, hasOutput, labelNoiseVariance } = this.modes;
    const weight = this.samples.draw(this.#x.subarray(0, inputs));
    if (labelNoiseVariance === 0) return weight;
    const deviation = Math.sqrt(labelNoiseVariance);
    for (let c = 0; c < columns; c++) {
      this.#error[c] = residual[c] * this.#x[c] + (hasOutput[c] ? deviation * this.samples.normal() : 0);
    }
    return weight;
  }
}
