import { invertInPlace } from '../elimination/inverse.js';
import { solveInPlace } from '../elimination/solve.js';
import { multiply, transpose, type Matrix } from '../matrix.js';
import type { ArrayAlgebra, ScalarFunction } from './array-algebra.js';
import { elementary } from './elementary-functions.js';
import { runningSumsInto, singular, unsolvable } from './run-operation.js';
import { shapeAlgebra } from './shape-algebra.js';

/** Arrays of numbers. */
export const plainAlgebra: ArrayAlgebra<Matrix> = {
  constant: (matrix) => matrix,
  rows: ({ rows }) => rows,
  cols: ({ cols }) => cols,
  multiply,
  transpose,
  add: (first, ...others) => others.reduce((sum, other) => combined(sum, other, 1), first),
  subtract: (a, b) => combined(a, b, -1),
  scale,
  hadamard,
  inverse,
  solve,
  lowerTriangle,
  runningSums: (a) => {
    const result = { ...a, data: new Float64Array(a.data.length) };
    runningSumsInto(result.data, a);
    return result;
  },
  relu: (a) => map(a, elementary.relu),
  positive: (a) => map(a, elementary.positive),
  tanh: (a) => map(a, elementary.tanh),
  map,
};

function map(a: Matrix, { value }: ScalarFunction): Matrix {
  return { ...a, data: a.data.map(value) };
}

// Loops, not `map`: rules evaluate these a million times on a few numbers each.

/** a + factor b. */
function combined(a: Matrix, b: Matrix, factor: number): Matrix {
  assertSameShape(a, b);
  const data = new Float64Array(a.data.length);
  for (let i = 0; i < data.length; i++) data[i] = a.data[i] + factor * b.data[i];
  return { rows: a.rows, cols: a.cols, data };
}

function scale(a: Matrix, factor: number): Matrix {
  const data = new Float64Array(a.data.length);
  for (let i = 0; i < data.length; i++) data[i] = factor * a.data[i];
  return { rows: a.rows, cols: a.cols, data };
}

function assertSameShape(a: Matrix, b: Matrix): void {
  if (a.rows === b.rows && a.cols === b.cols) return;
  throw new RangeError(`cannot combine ${a.rows} x ${a.cols} entry by entry with ${b.rows} x ${b.cols}`);
}

function hadamard(a: Matrix, b: Matrix): Matrix {
  assertSameShape(a, b);
  const data = new Float64Array(a.data.length);
  for (let i = 0; i < data.length; i++) data[i] = a.data[i] * b.data[i];
  return { rows: a.rows, cols: a.cols, data };
}

function inverse(a: Matrix): Matrix {
  if (a.rows !== a.cols) throw new RangeError(`cannot invert ${a.rows} x ${a.cols}: not square`);
  const result = { ...a, data: a.data.slice() };
  if (!invertInPlace(result.data, a.rows, new Int32Array(a.rows))) throw singular();
  return result;
}

function solve(a: Matrix, b: Matrix): Matrix {
  const result = { ...shapeAlgebra.solve(a, b), data: b.data.slice() };
  if (!solveInPlace(a.data.slice(), a.rows, result.data, b.cols, new Float64Array(a.rows))) throw unsolvable();
  return result;
}

function lowerTriangle(a: Matrix): Matrix {
  return { ...a, data: a.data.map((value, at) => (at % a.cols > Math.floor(at / a.cols) ? 0 : value)) };
}
