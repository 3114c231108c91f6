import type { StimulusBlocks, Subset } from './stimulus-blocks.js';

/** A symmetric M x M matrix with its sums over each row, of the stimuli of any subset. */
class SubsetSums {
  readonly size: number;
  readonly diagonal: Float64Array;
  /** Sums of rows over the subsets asked for, [subset, row], 0 for stimuli outside; and the sum of these. */
  readonly rows: Float64Array;
  readonly totals: Float64Array;
  /** Of each row over each block, [row, block]. */
  readonly #overBlocks: Float64Array;
  readonly #isMade: Uint8Array;

  constructor(
    readonly entries: Float64Array,
    readonly blocks: StimulusBlocks,
  ) {
    const { count, bounds, subsets } = blocks;
    const size = bounds[count];
    this.size = size;
    this.diagonal = Float64Array.from({ length: size }, (_, i) => entries[i * (size + 1)]);
    this.rows = new Float64Array(subsets * size);
    this.totals = new Float64Array(subsets);
    this.#isMade = new Uint8Array(subsets);
    this.#overBlocks = new Float64Array(size * count);
    for (let i = 0; i < size; i++) {
      for (let block = 0; block < count; block++) {
        for (let j = bounds[block]; j < bounds[block + 1]; j++) {
          this.#overBlocks[i * count + block] += entries[i * size + j];
        }
      }
    }
  }

  /** Where the sums of rows over a subset begin. */
  start({ index, blocks, stimuli }: Subset): number {
    const start = index * this.size;
    if (this.#isMade[index] === 1) return start;
    for (const i of stimuli) {
      let sum = 0;
      for (const block of blocks) sum += this.#overBlocks[i * this.blocks.count + block];
      this.rows[start + i] = sum;
      this.totals[index] += sum;
    }
    this.#isMade[index] = 1;
    return start;
  }
}

/** Sums of matrices, each made once and kept as long as the matrix is: that of a session is in many pairs. */
export class SumsOfMatrices {
  readonly #kept = new WeakMap<Float64Array, SubsetSums>();

  constructor(readonly blocks: StimulusBlocks) {}

  products(a: Float64Array, b: Float64Array): CentredProducts {
    return new CentredProducts(this.#of(a), this.#of(b));
  }

  #of(matrix: Float64Array): SubsetSums {
    const kept = this.#kept.get(matrix) ?? new SubsetSums(matrix, this.blocks);
    this.#kept.set(matrix, kept);
    return kept;
  }
}

/**
 * Inner products of two symmetric matrices A, B over a subset of m stimuli, after centring over these (H = 1 - 11'/m), with diag(B) the
 * diagonal alone and O(B) = B - diag(B). Products of entries are summed once for each two blocks of stimuli: a subset adds up blocks that it
 * has, and loses no digits, as it would to differences from the sum of all.
 */
export class CentredProducts {
  /** Sums of A_ij B_ij over two blocks and their mirror image, [block, block up to that]. */
  readonly #overBlocks: Float64Array;

  constructor(
    readonly a: SubsetSums,
    readonly b: SubsetSums,
  ) {
    const { count, bounds } = a.blocks;
    this.#overBlocks = new Float64Array(count * count);
    for (let p = 0; p < count; p++) {
      for (let i = bounds[p]; i < bounds[p + 1]; i++) {
        for (let q = 0; q <= p; q++) {
          const start = i * a.size + bounds[q];
          const own = dot(a.entries, start, b.entries, start, bounds[q + 1] - bounds[q]);
          this.#overBlocks[p * count + q] += p === q ? own : 2 * own;
        }
      }
    }
  }

  /** <HAH, HBH>. */
  whole(subset: Subset): number {
    const { a, b } = this;
    const rows = dot(a.rows, a.start(subset), b.rows, b.start(subset), a.size);
    return centred(this.#entries(subset), rows, a.totals[subset.index] * b.totals[subset.index], subset);
  }

  /** <HAH, H O(B) H>. */
  wholeAndRest(subset: Subset): number {
    return this.whole(subset) - withDiagonal(this.a, this.b, subset);
  }

  /** <H O(A) H, H O(B) H>. */
  rest(subset: Subset): number {
    return this.wholeAndRest(subset) - withDiagonal(this.b, this.a, subset) + this.diagonal(subset);
  }

  /** <H diag(A) H, H diag(B) H>. */
  diagonal(subset: Subset): number {
    let products = 0;
    let totalA = 0;
    let totalB = 0;
    for (const i of subset.stimuli) {
      products += this.a.diagonal[i] * this.b.diagonal[i];
      totalA += this.a.diagonal[i];
      totalB += this.b.diagonal[i];
    }
    return centred(products, products, totalA * totalB, subset);
  }

  #entries({ blocks }: Subset): number {
    const { count } = this.a.blocks;
    let sum = 0;
    for (let k = 0; k < blocks.length; k++) {
      const row = blocks[k] * count;
      for (let l = 0; l <= k; l++) sum += this.#overBlocks[row + blocks[l]];
    }
    return sum;
  }
}

/** <HAH, H diag(B) H>. */
function withDiagonal(a: SubsetSums, b: SubsetSums, subset: Subset): number {
  const start = a.start(subset);
  let products = 0;
  let rowProducts = 0;
  let totalB = 0;
  for (const i of subset.stimuli) {
    products += a.diagonal[i] * b.diagonal[i];
    rowProducts += a.rows[start + i] * b.diagonal[i];
    totalB += b.diagonal[i];
  }
  return centred(products, rowProducts, a.totals[subset.index] * totalB, subset);
}

/** <HAH, HBH> from <A, B>, the product of their sums over rows, and that of their sums. */
function centred(products: number, rowProducts: number, totals: number, { stimuli: { length } }: Subset): number {
  return products - (2 * rowProducts) / length + totals / (length * length);
}

function dot(a: Float64Array, startA: number, b: Float64Array, startB: number, count: number): number {
  let sum = 0;
  for (let k = 0; k < count; k++) sum += a[startA + k] * b[startB + k];
  return sum;
}
