/** Neurons in blocks, for the jackknife: neuron n is in block n mod `count`. */
export interface Blocks {
  readonly count: number;
  of(neuron: number): number;
}

/** At most `most` blocks: each neuron is its own where there are no more neurons. */
export function blocksOf(neurons: number, most: number): Blocks {
  const count = Math.min(neurons, most);
  return { count, of: (neuron) => neuron % count };
}

/** Sums of several terms over each block of neurons, and over all: [item, block, term]. */
export class BlockSums {
  readonly #sums: Float64Array;
  readonly #totals: Float64Array;

  constructor(
    readonly items: number,
    readonly blocks: number,
    readonly terms: number,
  ) {
    this.#sums = new Float64Array(items * blocks * terms);
    this.#totals = new Float64Array(items * terms);
  }

  /** The terms of an item in a block, to be added to. */
  own(item: number, block: number): Float64Array {
    const start = (item * this.blocks + block) * this.terms;
    return this.#sums.subarray(start, start + this.terms);
  }

  /** The terms of an item in all blocks, [block, term], to be added to. */
  ofItem(item: number): Float64Array {
    const length = this.blocks * this.terms;
    return this.#sums.subarray(item * length, (item + 1) * length);
  }

  /** To be called once, when every term was added. */
  total(): this {
    this.#totals.fill(0);
    for (let i = 0; i < this.items; i++) {
      for (let b = 0; b < this.blocks; b++) {
        for (let k = 0; k < this.terms; k++) {
          this.#totals[i * this.terms + k] += this.#sums[(i * this.blocks + b) * this.terms + k];
        }
      }
    }
    return this;
  }

  /** Sum of a term over all blocks but `without` (-1: over all). */
  get(item: number, term: number, without: number): number {
    const total = this.#totals[item * this.terms + term];
    return without < 0 ? total : total - this.#sums[(item * this.blocks + without) * this.terms + term];
  }
}
