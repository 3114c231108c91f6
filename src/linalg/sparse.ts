import type { Matrix } from './matrix.js';

/**
 * A constant matrix as its nonzero entries, row by row, for repeated products. Where task and input share axes, most entries
 * of the matrices that they define are zero. O(entries) memory.
 */
export class SparseMatrix {
  readonly rows: number;

  /** The entries of row i are those numbered starts[i] to starts[i + 1] - 1, in ascending columns. */
  constructor(
    readonly starts: Int32Array,
    readonly columns: Int32Array,
    readonly values: Float64Array,
  ) {
    this.rows = starts.length - 1;
  }

  static from({ rows, cols, data }: Matrix): SparseMatrix {
    const entries = Array.from(data.keys()).filter((at) => data[at] !== 0);
    const starts = new Int32Array(rows + 1);
    for (const at of entries) starts[Math.floor(at / cols) + 1]++;
    for (let i = 0; i < rows; i++) starts[i + 1] += starts[i];
    return new SparseMatrix(
      starts,
      Int32Array.from(entries, (at) => at % cols),
      Float64Array.from(entries, (at) => data[at]),
    );
  }

  /** The matrix whose rows are the unit vectors of the given columns. */
  static unitRows(columns: Int32Array): SparseMatrix {
    const { length } = columns;
    return new SparseMatrix(
      Int32Array.from({ length: length + 1 }, (_, i) => i),
      columns,
      new Float64Array(length).fill(1),
    );
  }

  /** out (rows x count) = this a^T, for `count` vectors a in `data`, which begin `stride` numbers apart. */
  timesTransposed(out: Float64Array, data: Float64Array, count: number, stride: number): void {
    const { starts, columns, values } = this;
    for (let i = 0; i < this.rows; i++) {
      const from = starts[i];
      const to = starts[i + 1];
      // Two vectors at a time, whose sums are independent; the last one may be paired with itself.
      for (let c = 0; c < count; c += 2) {
        const c2 = Math.min(c + 1, count - 1);
        let sum = 0;
        let sum2 = 0;
        for (let entry = from; entry < to; entry++) {
          sum += values[entry] * data[c * stride + columns[entry]];
          sum2 += values[entry] * data[c2 * stride + columns[entry]];
        }
        out[i * count + c] = sum;
        out[i * count + c2] = sum2;
      }
    }
  }

  /** Sum of a^T this a over `count` vectors a laid out as in `timesTransposed`. */
  quadraticForm(data: Float64Array, count: number, stride: number): number {
    const { starts, columns, values } = this;
    let sum = 0;
    for (let i = 0; i < this.rows; i++) {
      for (let entry = starts[i]; entry < starts[i + 1]; entry++) {
        let products = 0;
        for (let c = 0; c < count; c++) products += data[c * stride + i] * data[c * stride + columns[entry]];
        sum += values[entry] * products;
      }
    }
    return sum;
  }
}
