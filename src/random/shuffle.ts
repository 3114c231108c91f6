import type { Generator } from './generator.js';

/**
 * Draws the numbers 0 to count - 1 without replacement, in rounds: each round is a uniformly random order (Fisher and Yates), and each draw takes one
 * uniform number.
 */
export class Shuffle {
  readonly #order: Int32Array;
  /** Numbers drawn in this round. */
  #drawn = 0;

  constructor(
    count: number,
    private readonly source: Generator,
  ) {
    this.#order = Int32Array.from({ length: count }, (_, k) => k);
  }

  next(): number {
    const order = this.#order;
    const at = this.#drawn;
    const chosen = at + Math.floor(this.source.uniform() * (order.length - at));
    const number = order[chosen];
    order[chosen] = order[at];
    order[at] = number;
    this.#drawn = at + 1 === order.length ? 0 : at + 1;
    return number;
  }

  /** How many 32-bit words its state has, beside that of its generator: an even number. */
  static words(count: number): number {
    return 2 * Math.ceil((count + 1) / 2);
  }

  get state(): Int32Array {
    const words = new Int32Array(Shuffle.words(this.#order.length));
    words[0] = this.#drawn;
    words.set(this.#order, 1);
    return words;
  }

  set state(words: Int32Array) {
    this.#drawn = words[0];
    this.#order.set(words.subarray(1, 1 + this.#order.length));
  }
}
