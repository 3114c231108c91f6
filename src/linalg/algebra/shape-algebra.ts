import type { ArrayAlgebra } from './array-algebra.js';

/** The shape of an array. */
export interface Shape {
  readonly rows: number;
  readonly cols: number;
}

const sameShape = (a: Shape, b: Shape): Shape => {
  if (a.rows === b.rows && a.cols === b.cols) return a;
  throw new RangeError(`cannot combine ${a.rows} x ${a.cols} entry by entry with ${b.rows} x ${b.cols}`);
};

const product = (a: Shape, b: Shape): Shape => {
  if (a.cols === b.rows) return { rows: a.rows, cols: b.cols };
  throw new RangeError(`cannot multiply ${a.rows} x ${a.cols} by ${b.rows} x ${b.cols}`);
};

/** Shapes without numbers: what an expression is made of, whatever the values. */
export const shapeAlgebra: ArrayAlgebra<Shape> = {
  constant: ({ rows, cols }) => ({ rows, cols }),
  rows: ({ rows }) => rows,
  cols: ({ cols }) => cols,
  multiply: (first, ...others) => others.reduce(product, first),
  transpose: ({ rows, cols }) => ({ rows: cols, cols: rows }),
  add: (first, ...others) => others.reduce(sameShape, first),
  subtract: sameShape,
  scale: (a) => a,
  hadamard: sameShape,
  inverse: (a) => {
    if (a.rows !== a.cols) throw new RangeError(`cannot invert ${a.rows} x ${a.cols}: not square`);
    return a;
  },
  solve: (a, b) => {
    if (a.rows !== a.cols) throw new RangeError(`cannot solve with ${a.rows} x ${a.cols}: not square`);
    if (a.rows === b.rows) return { rows: b.rows, cols: b.cols };
    throw new RangeError(`cannot solve ${a.rows} x ${a.cols} for ${b.rows} x ${b.cols}`);
  },
  lowerTriangle: (a) => a,
  runningSums: (a) => a,
  relu: (a) => a,
  positive: (a) => a,
  tanh: (a) => a,
  map: (a) => a,
};
