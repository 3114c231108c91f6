import {
  addVector,
  constant,
  get,
  increase,
  load,
  loadInteger,
  loadTwice,
  multiplyVectors,
  PAGE_BYTES,
  repeat,
  set,
  store,
  subtractVectors,
  sum,
  wasmModule,
} from './wasm-module.js';

/** Columns that are rotated together: few enough that all their rows stay in the cache. */
const PANEL = 16;
const PANEL_BYTES = PANEL * 8;

/** Rotations that are kept before they are applied. */
const KEPT = 65_536;
/** Of a rotation: the place of its first row, its cosine and its sine. */
const ROTATION_BYTES = 24;
const ROWS_AT = KEPT * ROTATION_BYTES;

const AT = 0;
const END = 1;
const ROW = 2;
const COSINE = 3;
const SINE = 4;
const X = 5;
const Y = 6;

const times = (factor: number, value: number): number[] => [...get(factor), ...get(value), ...multiplyVectors];

/** x <- cosine x - sine y and y <- sine x + cosine y, of two columns. */
const rotateColumns = (offset: number): number[] => [
  ...[...load(ROW, offset), ...set(X), ...load(ROW, offset + PANEL_BYTES), ...set(Y)],
  ...[...get(ROW), ...times(COSINE, X), ...times(SINE, Y), ...subtractVectors, ...store(offset)],
  ...[...get(ROW), ...times(SINE, X), ...times(COSINE, Y), ...addVector, ...store(offset + PANEL_BYTES)],
];

/** rotate(at, end): applies the rotations from one address to another to the panel. */
const module = (pages: number): Uint8Array<ArrayBuffer> =>
  wasmModule(pages, {
    name: 'rotate',
    parameters: 2,
    integers: 1,
    vectors: 4,
    body: repeat(
      [
        ...[...sum(loadInteger(AT, 0), constant(ROWS_AT)), ...set(ROW)],
        ...[...loadTwice(AT, 8), ...set(COSINE), ...loadTwice(AT, 16), ...set(SINE)],
        ...Array.from({ length: PANEL / 2 }, (_, pair) => rotateColumns(16 * pair)).flat(),
        ...increase(AT, constant(ROTATION_BYTES)),
      ],
      AT,
      END,
    ),
  });

/**
 * Rotations of neighbouring rows of a square matrix, kept and then applied many at a time, in WebAssembly: the numbers are those of plain
 * loops over the rotations in their order.
 */
export class RowRotations {
  readonly #bytes: DataView;
  readonly #panel: Float64Array;
  readonly #rotate: (at: number, end: number) => void;
  #count = 0;

  constructor(
    private readonly matrix: Float64Array,
    private readonly n: number,
  ) {
    const pages = Math.ceil((ROWS_AT + n * PANEL_BYTES) / PAGE_BYTES);
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module(pages)));
    const { memory, rotate } = exports as {
      memory: WebAssembly.Memory;
      rotate: (at: number, end: number) => void;
    };
    this.#bytes = new DataView(memory.buffer);
    this.#panel = new Float64Array(memory.buffer, ROWS_AT, n * PANEL);
    this.#rotate = rotate;
  }

  /** Row <- cosine row - sine next and next <- sine row + cosine next, before long. */
  add(row: number, cosine: number, sine: number): void {
    if (this.#count === KEPT) this.apply();
    const at = this.#count++ * ROTATION_BYTES;
    this.#bytes.setUint32(at, row * PANEL_BYTES, true);
    this.#bytes.setFloat64(at + 8, cosine, true);
    this.#bytes.setFloat64(at + 16, sine, true);
  }

  /** Applies those that are kept. */
  apply(): void {
    if (this.#count === 0) return;
    const { matrix, n } = this;
    const panel = this.#panel;
    for (let from = 0; from < n; from += PANEL) {
      const width = Math.min(PANEL, n - from);
      for (let i = 0, at = 0; i < n; i++, at += PANEL) {
        for (let j = 0; j < width; j++) panel[at + j] = matrix[i * n + from + j];
      }
      this.#rotate(0, this.#count * ROTATION_BYTES);
      for (let i = 0, at = 0; i < n; i++, at += PANEL) {
        for (let j = 0; j < width; j++) matrix[i * n + from + j] = panel[at + j];
      }
    }
    this.#count = 0;
  }
}
