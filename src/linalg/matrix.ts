/** A dense real matrix, row-major: entry (i, j) is `data[i * cols + j]`. */
export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array;
}

export function zeros(rows: number, cols: number): Matrix {
  return { rows, cols, data: new Float64Array(rows * cols) };
}

/** Wraps row-major `data` (not copied). Throws RangeError when the length is not rows x cols. */
export function fromData(rows: number, cols: number, data: Float64Array): Matrix {
  if (data.length !== rows * cols)
    throw new RangeError(`${data.length} numbers do not make a ${rows} x ${cols} matrix`);
  return { rows, cols, data };
}

/** Builds a matrix from equally long rows. */
export function fromRows(rows: readonly ArrayLike<number>[]): Matrix {
  const cols = rows[0]?.length ?? 0;
  const matrix = zeros(rows.length, cols);
  rows.forEach((row, i) => {
    if (row.length !== cols) throw new RangeError(`row ${i} has ${row.length} numbers, row 0 has ${cols}`);
    matrix.data.set(row, i * cols);
  });
  return matrix;
}

export function toRows(matrix: Matrix): number[][] {
  return Array.from({ length: matrix.rows }, (_, i) => Array.from(row(matrix, i)));
}

/** A view (not a copy) of row i. */
export function row(matrix: Matrix, i: number): Float64Array {
  return matrix.data.subarray(i * matrix.cols, (i + 1) * matrix.cols);
}

export function column(matrix: Matrix, j: number): Float64Array {
  return Float64Array.from({ length: matrix.rows }, (_, i) => matrix.data[i * matrix.cols + j]);
}

export function identity(size: number): Matrix {
  return diagonal(new Float64Array(size).fill(1));
}

/** rows x cols (square by default) with `values` on the main diagonal. */
export function diagonal(values: ArrayLike<number>, rows = values.length, cols = rows): Matrix {
  const matrix = zeros(rows, cols);
  for (let i = 0; i < Math.min(values.length, rows, cols); i++) matrix.data[i * cols + i] = values[i];
  return matrix;
}

export function transpose(a: Matrix): Matrix {
  const result = zeros(a.cols, a.rows);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.cols; j++) result.data[j * a.rows + i] = a.data[i * a.cols + j];
  }
  return result;
}

/** The product of two or more matrices, from the left. */
export function multiply(first: Matrix, ...others: Matrix[]): Matrix {
  return others.reduce(product, first);
}

function product(a: Matrix, b: Matrix): Matrix {
  if (a.cols !== b.rows) throw new RangeError(`cannot multiply ${a.rows} x ${a.cols} by ${b.rows} x ${b.cols}`);
  const result = zeros(a.rows, b.cols);
  const width = b.cols;
  const { data: left } = a;
  const { data: right } = b;
  const { data: out } = result;
  for (let i = 0; i < a.rows; i++) {
    const row = i * width;
    for (let k = 0; k < a.cols; k++) {
      const factor = left[i * a.cols + k];
      if (factor === 0) continue;
      const from = k * width;
      for (let j = 0; j < width; j++) out[row + j] += factor * right[from + j];
    }
  }
  return result;
}

/** a + factor b. */
export function add(a: Matrix, b: Matrix, factor = 1): Matrix {
  if (a.rows !== b.rows || a.cols !== b.cols) {
    throw new RangeError(`cannot add ${b.rows} x ${b.cols} to ${a.rows} x ${a.cols}`);
  }
  return { ...a, data: a.data.map((value, i) => value + factor * b.data[i]) };
}

export function scale(a: Matrix, factor: number): Matrix {
  return { ...a, data: a.data.map((value) => value * factor) };
}

/** Rows [from, to). */
export function sliceRows(a: Matrix, from: number, to: number): Matrix {
  return fromData(to - from, a.cols, a.data.slice(from * a.cols, to * a.cols));
}

/** Columns [from, to). */
export function sliceCols(a: Matrix, from: number, to: number): Matrix {
  const result = zeros(a.rows, to - from);
  for (let i = 0; i < a.rows; i++)
    result.data.set(a.data.subarray(i * a.cols + from, i * a.cols + to), i * result.cols);
  return result;
}

/** The product a x with a vector x. */
export function apply(a: Matrix, x: ArrayLike<number>): Float64Array {
  const result = new Float64Array(a.rows);
  for (let i = 0; i < a.rows; i++) {
    let sum = 0;
    for (let j = 0; j < a.cols; j++) sum += a.data[i * a.cols + j] * x[j];
    result[i] = sum;
  }
  return result;
}

export function dot(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * y[i];
  return sum;
}

/** Frobenius inner product tr(a^T b). */
export function inner(a: Matrix, b: Matrix): number {
  return dot(a.data, b.data);
}

/** Frobenius norm. */
export function norm(a: Matrix): number {
  return Math.sqrt(inner(a, a));
}

export function maxAbs(a: Matrix): number {
  return a.data.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
}

export function trace(a: Matrix): number {
  let sum = 0;
  for (let i = 0; i < Math.min(a.rows, a.cols); i++) sum += a.data[i * a.cols + i];
  return sum;
}

export function isDiagonal({ rows, cols, data }: Matrix): boolean {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) if (i !== j && data[i * cols + j] !== 0) return false;
  }
  return true;
}

/** (a + a^T) / 2. */
export function symmetrize(a: Matrix): Matrix {
  return scale(add(a, transpose(a)), 0.5);
}
