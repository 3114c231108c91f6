import type { Matrix } from '../matrix.js';
import type { ArrayAlgebra, ScalarFunction } from './array-algebra.js';
import { elementary } from './elementary-functions.js';
import { plainAlgebra as plain } from './plain-algebra.js';

/**
 * A truncated Taylor array: value + first e1 + second e2 + mixed e1 e2 with e1^2 = e2^2 = 0. A function of
 * s + u e1 + v e2 has the parts f(s), Df(u), Df(v) and D^2 f(u, v), exact to rounding. Parts that vanish are null.
 */
export interface Taylor {
  readonly value: Matrix;
  readonly first: Matrix | null;
  readonly second: Matrix | null;
  readonly mixed: Matrix | null;
}

type Part = Matrix | null;

const plus = (a: Part, b: Part): Part => (a && b ? plain.add(a, b) : (a ?? b));
const sum = (...parts: readonly Part[]): Part => parts.reduce(plus, null);
const opposite = (a: Part): Part => a && plain.scale(a, -1);

/** The parts of a map that is linear in its argument. */
const linear =
  (map: (a: Matrix) => Matrix) =>
  ({ value, first, second, mixed }: Taylor): Taylor => ({
    value: map(value),
    first: first && map(first),
    second: second && map(second),
    mixed: mixed && map(mixed),
  });

/** The parts of a product that is linear in both factors. */
const bilinear =
  (times: (a: Matrix, b: Matrix) => Matrix) =>
  (a: Taylor, b: Taylor): Taylor => {
    const of = (x: Part, y: Part): Part => x && y && times(x, y);
    return {
      value: times(a.value, b.value),
      first: sum(of(a.first, b.value), of(a.value, b.first)),
      second: sum(of(a.second, b.value), of(a.value, b.second)),
      mixed: sum(of(a.mixed, b.value), of(a.first, b.second), of(a.second, b.first), of(a.value, b.mixed)),
    };
  };

const added = (a: Taylor, b: Taylor): Taylor => ({
  value: plain.add(a.value, b.value),
  first: sum(a.first, b.first),
  second: sum(a.second, b.second),
  mixed: sum(a.mixed, b.mixed),
});

const product = bilinear((a, b) => plain.multiply(a, b));

/** With i the inverse of a: -i b i, -i c i, and i b i c i + i c i b i - i d i. */
function inverse({ value, first, second, mixed }: Taylor): Taylor {
  const i = plain.inverse(value);
  const once = (b: Part): Part => b && plain.multiply(i, b, i);
  const twice = (b: Part, c: Part): Part => b && c && plain.multiply(i, b, i, c, i);
  return {
    value: i,
    first: opposite(once(first)),
    second: opposite(once(second)),
    mixed: sum(twice(first, second), twice(second, first), opposite(once(mixed))),
  };
}

/** Arrays with exact first and second derivatives. */
export const taylorAlgebra: ArrayAlgebra<Taylor> = {
  constant: (value) => ({ value, first: null, second: null, mixed: null }),
  rows: ({ value }) => value.rows,
  cols: ({ value }) => value.cols,
  multiply: (first, ...others) => others.reduce(product, first),
  transpose: linear(plain.transpose),
  add: (first, ...others) => others.reduce(added, first),
  subtract: (a, b) => added(a, linear((part) => plain.scale(part, -1))(b)),
  scale: (a, factor) => linear((part) => plain.scale(part, factor))(a),
  hadamard: bilinear(plain.hadamard),
  inverse,
  lowerTriangle: linear(plain.lowerTriangle),
  relu: (a) => map(a, elementary.relu),
  positive: (a) => map(a, elementary.positive),
  tanh: (a) => map(a, elementary.tanh),
  map,
};

function map({ value, first, second, mixed }: Taylor, f: ScalarFunction): Taylor {
  const slope = plain.map(value, { ...f, value: f.first });
  const curved = (): Matrix => plain.map(value, { ...f, value: f.second });
  return {
    value: plain.map(value, f),
    first: first && plain.hadamard(slope, first),
    second: second && plain.hadamard(slope, second),
    mixed: sum(
      mixed && plain.hadamard(slope, mixed),
      first && second && plain.hadamard(plain.hadamard(curved(), first), second),
    ),
  };
}
