import type { StimulusBlocks, Subset } from './stimulus-blocks.js';

/** A symmetric M x M matrix with its sums over each row, of the stimuli of any subset. */
class SubsetSums {
  readonly size: number;
  readonly diagonal: Float64Array;
  /** Of each row over each block, [block, row]. */
  readonly #overBlocks: Float64Array;
  readonly #kept: Float64Array[] = [];

  constructor(
    readonly entries: Float64Array,
    readonly blocks: StimulusBlocks,
  ) {
    const { count, bounds } = blocks;
    const size = bounds[count];
    this.size = size;
    this.diagonal = Float64Array.from({ length: size }, (_, i) => entries[i * (size + 1)]);
    this.#overBlocks = new Float64Array(count * size);
    for (let i = 0; i < size; i++) {
      for (let block = 0; block < count; block++) {
        let sum = 0;
        for (let j = bounds[block]; j < bounds[block + 1]; j++) sum += entries[i * size + j];
        this.#overBlocks[block * size + i] = sum;
      }
    }
  }

  /** Sums of rows; 0 for stimuli outside the subset. */
  rows(subset: Subset): Float64Array {
    return (this.#kept[subset.index] ??= this.#sumRows(subset));
  }

  #sumRows({ blocks }: Subset): Float64Array {
    const { bounds } = this.blocks;
    const sums = new Float64Array(this.size);
    for (const rows of blocks) {
      for (const columns of blocks) {
        const start = columns * this.size;
        for (let i = bounds[rows]; i < bounds[rows + 1]; i++) sums[i] += this.#overBlocks[start + i];
      }
    }
    return sums;
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
          const own = dot(a.entries, b.entries, i * a.size + bounds[q], i * a.size + bounds[q + 1]);
          this.#overBlocks[p * count + q] += p === q ? own : 2 * own;
        }
      }
    }
  }

  /** <HAH, HBH>. */
  whole(subset: Subset): number {
    const [rowsA, rowsB] = [this.a.rows(subset), this.b.rows(subset)];
    return centred(this.#entries(subset), dot(rowsA, rowsB), total(rowsA) * total(rowsB), subset);
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
    for (const p of blocks) {
      for (const q of blocks) {
        if (q > p) break;
        sum += this.#overBlocks[p * count + q];
      }
    }
    return sum;
  }
}

/** <HAH, H diag(B) H>. */
function withDiagonal(a: SubsetSums, b: SubsetSums, subset: Subset): number {
  const rows = a.rows(subset);
  let products = 0;
  let rowProducts = 0;
  let totalB = 0;
  for (const i of subset.stimuli) {
    products += a.diagonal[i] * b.diagonal[i];
    rowProducts += rows[i] * b.diagonal[i];
    totalB += b.diagonal[i];
  }
  return centred(products, rowProducts, total(rows) * totalB, subset);
}

/** <HAH, HBH> from <A, B>, the product of their sums over rows, and that of their sums. */
function centred(products: number, rowProducts: number, totals: number, { stimuli: { length } }: Subset): number {
  return products - (2 * rowProducts) / length + totals / (length * length);
}

function dot(a: Float64Array, b: Float64Array, start = 0, end = a.length): number {
  let sum = 0;
  for (let k = start; k < end; k++) sum += a[k] * b[k];
  return sum;
}

function total(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
