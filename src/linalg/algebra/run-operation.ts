import { vectorProductInto } from '../in-place-products.js';
import { invertInPlace } from '../elimination/inverse.js';
import type { Matrix } from '../matrix.js';
import { solveInPlace } from '../elimination/solve.js';
import { elementary } from './elementary-functions.js';
import type { Operation, ProgramArray } from './operation.js';

/** The error for the inverse of a singular matrix. */
export const singular = (): RangeError => new RangeError('cannot invert: singular');
/** The error of `solve` where a pivot is 0. */
export const unsolvable = (): RangeError =>
  new RangeError('cannot solve: the matrix or one of its leading blocks is singular');

/** An operation as a function, whose loops belong to it alone. Throws RangeError where the algebra does. */
export function runnable(operation: Operation): () => void {
  const { out, a } = operation;
  switch (operation.kind) {
    case 'multiply': {
      const { b } = operation;
      return () => {
        multiplyInto(out.data, a, b);
      };
    }
    case 'transpose':
      return () => {
        transposeInto(out.data, a);
      };
    case 'inverse': {
      const pivots = new Int32Array(a.rows);
      return () => {
        out.data.set(a.data);
        if (!invertInPlace(out.data, a.rows, pivots)) throw singular();
      };
    }
    case 'solve': {
      const { b } = operation;
      const left = new Float64Array(a.data.length);
      const scaled = new Float64Array(a.rows);
      return () => {
        left.set(a.data);
        out.data.set(b.data);
        if (!solveInPlace(left, a.rows, out.data, b.cols, scaled)) throw unsolvable();
      };
    }
    case 'lowerTriangle':
      return () => {
        const { data, rows, cols } = a;
        for (let i = 0; i < rows; i++) {
          for (let j = 0; j < cols; j++) out.data[i * cols + j] = j > i ? 0 : data[i * cols + j];
        }
      };
    case 'runningSums':
      return () => {
        runningSumsInto(out.data, a);
      };
    case 'scale': {
      const { factor } = operation;
      return () => {
        const [to, { data }] = [out.data, a];
        for (let i = 0; i < to.length; i++) to[i] = factor * data[i];
      };
    }
    case 'elementary':
      return mapped(elementary[operation.name].value, out, a);
    case 'map':
      return mapped(operation.value, out, a);
    default:
      return entrywise(operation.kind, out, a, operation.b);
  }
}

function mapped(value: (x: number) => number, out: ProgramArray, a: ProgramArray): () => void {
  return () => {
    const [to, { data }] = [out.data, a];
    for (let i = 0; i < to.length; i++) to[i] = value(data[i]);
  };
}

function entrywise(
  kind: 'add' | 'subtract' | 'hadamard',
  out: ProgramArray,
  a: ProgramArray,
  b: ProgramArray,
): () => void {
  const loops = {
    add: () => {
      const [to, left, right] = [out.data, a.data, b.data];
      for (let i = 0; i < to.length; i++) to[i] = left[i] + right[i];
    },
    subtract: () => {
      const [to, left, right] = [out.data, a.data, b.data];
      for (let i = 0; i < to.length; i++) to[i] = left[i] - right[i];
    },
    hadamard: () => {
      const [to, left, right] = [out.data, a.data, b.data];
      for (let i = 0; i < to.length; i++) to[i] = left[i] * right[i];
    },
  };
  return loops[kind];
}

function multiplyInto(out: Float64Array, a: ProgramArray, b: ProgramArray): void {
  const left = a.data;
  const right = b.data;
  const { rows, cols: inner } = a;
  const width = b.cols;
  if (inner === 1) {
    // No sum: to 0 nothing is added.
    for (let i = 0; i < rows; i++) {
      const factor = left[i];
      for (let j = 0; j < width; j++) out[i * width + j] = factor * right[j];
    }
    return;
  }
  if (width === 1) {
    vectorProductInto(out, left, right, rows, inner);
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

/** Sums from 0 down the columns. */
export function runningSumsInto(out: Float64Array, { rows, cols, data }: Matrix): void {
  for (let j = 0; j < cols; j++) out[j] = 0 + data[j];
  for (let at = cols; at < rows * cols; at++) out[at] = out[at - cols] + data[at];
}

function transposeInto(out: Float64Array, { rows, cols, data }: ProgramArray): void {
  if (rows === 1 || cols === 1) {
    for (let i = 0; i < out.length; i++) out[i] = data[i];
    return;
  }
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) out[j * rows + i] = data[i * cols + j];
}
