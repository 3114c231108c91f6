import { invertInPlace } from '../inverse.js';
import { zeros, type Matrix } from '../matrix.js';
import type { ArrayAlgebra } from './array-algebra.js';
import { shapeAlgebra, type Shape } from './shape-algebra.js';

/** An array of a program: its numbers are those of the latest run. */
export interface ProgramArray extends Shape {
  data: Float64Array;
}

/** A sequence of operations on arrays of fixed shapes, which allocates nothing when it runs. */
export interface Program {
  readonly outputs: readonly ProgramArray[];
  /** Computes the outputs from the present numbers of the inputs. Throws RangeError for the inverse of a singular matrix. */
  readonly run: () => void;
}

/**
 * Records what `build` computes from inputs of given shapes. A run makes the operations of `plainAlgebra` in the same order, so that
 * the numbers are the same to the last bit; what is built must depend on shapes alone. The data of an input may be replaced
 * between runs.
 */
export function recordProgram(build: (algebra: ArrayAlgebra<ProgramArray>) => readonly ProgramArray[]): Program {
  const operations: (() => void)[] = [];
  const outputs = build(recordingAlgebra(operations));
  return {
    outputs,
    run: () => {
      for (const operation of operations) operation();
    },
  };
}

/** An input of a program. */
export const programInput = (rows: number, cols: number): ProgramArray => ({ ...zeros(rows, cols) });

function recordingAlgebra(operations: (() => void)[]): ArrayAlgebra<ProgramArray> {
  const record = (shape: Shape, compute: (out: Float64Array) => void): ProgramArray => {
    const result = programInput(shape.rows, shape.cols);
    operations.push(() => {
      compute(result.data);
    });
    return result;
  };
  const entrywise =
    (combine: (out: Float64Array, a: Float64Array, b: Float64Array) => void) => (a: ProgramArray, b: ProgramArray) =>
      record(shapeAlgebra.add(a, b), (out) => {
        combine(out, a.data, b.data);
      });
  const product = (a: ProgramArray, b: ProgramArray): ProgramArray =>
    record(shapeAlgebra.multiply(a, b), (out) => {
      multiplyInto(out, a, b);
    });
  const sum = entrywise((out, a, b) => {
    for (let i = 0; i < out.length; i++) out[i] = a[i] + b[i];
  });
  const { rows, cols } = shapeAlgebra;
  return {
    constant: (matrix: Matrix) => ({ ...matrix }),
    rows,
    cols,
    multiply: (first, ...others) => others.reduce(product, first),
    transpose: (a) =>
      record(shapeAlgebra.transpose(a), (out) => {
        transposeInto(out, a);
      }),
    add: (first, ...others) => others.reduce(sum, first),
    subtract: entrywise((out, a, b) => {
      for (let i = 0; i < out.length; i++) out[i] = a[i] - b[i];
    }),
    scale: (a, factor) =>
      record(a, (out) => {
        const { data } = a;
        for (let i = 0; i < out.length; i++) out[i] = factor * data[i];
      }),
    hadamard: entrywise((out, a, b) => {
      for (let i = 0; i < out.length; i++) out[i] = a[i] * b[i];
    }),
    inverse: (a) => {
      const pivots = new Int32Array(a.rows);
      return record(shapeAlgebra.inverse(a), (out) => {
        out.set(a.data);
        if (!invertInPlace(out, a.rows, pivots)) throw new RangeError('cannot invert: singular');
      });
    },
    lowerTriangle: (a) =>
      record(a, (out) => {
        const { data } = a;
        for (let i = 0; i < a.rows; i++) {
          for (let j = 0; j < a.cols; j++) out[i * a.cols + j] = j > i ? 0 : data[i * a.cols + j];
        }
      }),
    map: (a, { value }) =>
      record(a, (out) => {
        const { data } = a;
        for (let i = 0; i < out.length; i++) out[i] = value(data[i]);
      }),
  };
}

function multiplyInto(out: Float64Array, a: ProgramArray, b: ProgramArray): void {
  const left = a.data;
  const right = b.data;
  const { rows, cols: inner } = a;
  const width = b.cols;
  if (width === 1) {
    for (let i = 0; i < rows; i++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) sum += left[i * inner + k] * right[k];
      out[i] = sum;
    }
    return;
  }
  for (let i = 0; i < rows; i++) {
    const row = i * width;
    for (let j = 0; j < width; j++) out[row + j] = 0;
    for (let k = 0; k < inner; k++) {
      const factor = left[i * inner + k];
      for (let j = 0; j < width; j++) out[row + j] += factor * right[k * width + j];
    }
  }
}

function transposeInto(out: Float64Array, { rows, cols, data }: ProgramArray): void {
  if (rows === 1 || cols === 1) {
    for (let i = 0; i < out.length; i++) out[i] = data[i];
    return;
  }
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) out[j * rows + i] = data[i * cols + j];
}
