import { MAX_DEPTH, productModule, ROW_BYTES, TILE } from './product-code.js';
import { PAGE_BYTES } from './wasm-module.js';

/** Rows and columns whose sums are taken together: both factors stay in the cache. */
const BLOCK_ROWS = 64;
const BLOCK_COLUMNS = 128;
/** From as many numbers on `set` is faster than a loop. */
const LONG = 48;

const B = BLOCK_ROWS * ROW_BYTES;
const OUT = B + BLOCK_COLUMNS * ROW_BYTES;
const PAGES = Math.ceil((OUT + 8 * BLOCK_ROWS * BLOCK_COLUMNS) / PAGE_BYTES);
const ROW = ROW_BYTES / 8;

type Add = (a: number, b: number, out: number, rows: number, depth: number, columns: number) => void;

let kernel: ProductKernel | undefined;

/** That of this thread, made when it is wanted first. */
export const productKernel = (): ProductKernel => (kernel ??= new ProductKernel());

/** `addWideProduct` in WebAssembly, two columns in the lanes of a vector: every sum in the order of plain loops, and so with their bits. */
class ProductKernel {
  readonly #numbers: Float64Array;
  readonly #add: Add;

  constructor() {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(productModule(PAGES)));
    const { memory, add } = exports as { memory: WebAssembly.Memory; add: Add };
    this.#numbers = new Float64Array(memory.buffer);
    this.#add = add;
  }

  add(out: Float64Array, a: Float64Array, b: Float64Array, r: number, k: number, c: number, upper: boolean): void {
    for (let from = 0; from < k; from += MAX_DEPTH) {
      const depth = Math.min(MAX_DEPTH, k - from);
      for (let left = 0; left < c; left += BLOCK_COLUMNS) {
        const columns = Math.min(BLOCK_COLUMNS, c - left);
        this.#copyIn(B / 8, ROW, b, left * k + from, k, columns, depth);
        const end = upper ? Math.min(r, left + columns) : r;
        for (let top = 0; top < end; top += BLOCK_ROWS) {
          const rows = Math.min(BLOCK_ROWS, end - top);
          this.#copyIn(0, ROW, a, top * k + from, k, rows, depth);
          this.#addBlock(out, top * c + left, c, rows, depth, columns);
        }
      }
    }
  }

  #addBlock(out: Float64Array, at: number, c: number, rows: number, depth: number, columns: number): void {
    const width = TILE * Math.ceil(columns / TILE);
    this.#copyIn(OUT / 8, width, out, at, c, rows, columns);
    this.#add(0, B, OUT, TILE * Math.ceil(rows / TILE), depth, width);
    const numbers = this.#numbers;
    for (let i = 0, from = OUT / 8, to = at; i < rows; i++, from += width, to += c) {
      if (columns >= LONG) out.set(numbers.subarray(from, from + columns), to);
      else for (let j = 0; j < columns; j++) out[to + j] = numbers[from + j];
    }
  }

  /** `rows` pieces of `count` numbers, `stride` apart, to places `width` apart. What lies between them is whatever was there. */
  #copyIn(
    to: number,
    width: number,
    source: Float64Array,
    from: number,
    stride: number,
    rows: number,
    count: number,
  ): void {
    const numbers = this.#numbers;
    for (let i = 0; i < rows; i++, to += width, from += stride) {
      if (count >= LONG) numbers.set(source.subarray(from, from + count), to);
      else for (let j = 0; j < count; j++) numbers[to + j] = source[from + j];
    }
  }
}
