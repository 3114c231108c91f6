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
    this.#x = new Float64Array(columns);
    this.#error = new Float64Array(columns);
  }

  /** Draws the noise of one place of the batch anew, scaled by `scale`. */
  draw(slot: number, scale: number): void {
    const { rank, columns } = this.modes;
    for (const products of this.products) for (let at = slot; at < products.length; at += BATCH) products[at] = 0;
    for (let draw = 0; draw < DRAWS; draw++) {
      const weight = (this.#drawInput() * scale) / Math.sqrt(DRAWS);
      this.kinds.forEach(({ isErrorLeft, isErrorRight, means }, k) => {
        const [left, right] = [isErrorLeft ? this.#error : this.#x, isErrorRight ? this.#error : this.#x];
        const products = this.products[k];
        for (let a = 0, at = slot; a < rank; a++) {
          const factor = weight * left[a];
          this.left[k][slot][a * DRAWS + draw] = factor;
          products[(a * rank + a) * BATCH + slot] -= weight * means[a];
          for (let c = 0; c < rank; c++, at += BATCH) products[at] += factor * right[c];
        }
        this.right[k][slot].set(right.subarray(rank), draw * (columns - rank));
      });
    }
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
