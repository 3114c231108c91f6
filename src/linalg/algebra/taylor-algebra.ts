import type { Matrix } from '../matrix.js';
import type { ArrayAlgebra, ScalarFunction } from './array-algebra.js';
import { elementary } from './elementary-functions.js';
import { plainAlgebra } from './plain-algebra.js';

/**
 * A truncated Taylor array: value + first e1 + second e2 + mixed e1 e2 with e1^2 = e2^2 = 0. A function of
 * s + u e1 + v e2 has the parts f(s), Df(u), Df(v) and D^2 f(u, v), exact to rounding. Parts that vanish are null.
 */
export interface Taylor<A = Matrix> {
  readonly value: A;
  readonly first: A | null;
  readonly second: A | null;
  readonly mixed: A | null;
}

/** Arrays of some algebra with exact first and second derivatives. */
export function taylorAlgebraOver<A>(plain: ArrayAlgebra<A>): ArrayAlgebra<Taylor<A>> {
  type Part = A | null;

  const plus = (a: Part, b: Part): Part => (a && b ? plain.add(a, b) : (a ?? b));
  const sum = (...parts: readonly Part[]): Part => parts.reduce(plus, null);
  const opposite = (a: Part): Part => a && plain.scale(a, -1);

  /** The parts of a map that is linear in its argument. */
  const linear =
    (map: (a: A) => A) =>
    ({ value, first, second, mixed }: Taylor<A>): Taylor<A> => ({
      value: map(value),
      first: first && map(first),
      second: second && map(second),
      mixed: mixed && map(mixed),
    });

  /** The parts of a product that is linear in both factors. */
  const bilinear =
    (times: (a: A, b: A) => A) =>
    (a: Taylor<A>, b: Taylor<A>): Taylor<A> => {
      const of = (x: Part, y: Part): Part => x && y && times(x, y);
      return {
        value: times(a.value, b.value),
        first: sum(of(a.first, b.value), of(a.value, b.first)),
        second: sum(of(a.second, b.value), of(a.value, b.second)),
        mixed: sum(of(a.mixed, b.value), of(a.first, b.second), of(a.second, b.first), of(a.value, b.mixed)),
      };
    };

  const added = (a: Taylor<A>, b: Taylor<A>): Taylor<A> => ({
    value: plain.add(a.value, b.value),
    first: sum(a.first, b.first),
    second: sum(a.second, b.second),
    mixed: sum(a.mixed, b.mixed),
  });

  const product = bilinear((a, b) => plain.multiply(a, b));

  /** With i the inverse of a: -i b i, -i c i, and i b i c i + i c i b i - i d i. */
  const inverse = ({ value, first, second, mixed }: Taylor<A>): Taylor<A> => {
    const i = plain.inverse(value);
    const once = (b: Part): Part => b && plain.multiply(i, b, i);
    const twice = (b: Part, c: Part): Part => b && c && plain.multiply(i, b, i, c, i);
    return {
      value: i,
      first: opposite(once(first)),
      second: opposite(once(second)),
      mixed: sum(twice(first, second), twice(second, first), opposite(once(mixed))),
    };
  };

  /** With x = a^-1 b: a^-1 (b1 - a1 x), a^-1 (b2 - a2 x), and a^-1 (b12 - a1 x2 - a2 x1 - a12 x). */
  const solve = (a: Taylor<A>, b: Taylor<A>): Taylor<A> => {
    const value = plain.solve(a.value, b.value);
    const isConstant = ![a, b].some(({ first, second, mixed }) => first ?? second ?? mixed);
    if (isConstant) return { value, first: null, second: null, mixed: null };
    // One inverse for all parts: it depends on the value alone.
    const inverse = plain.inverse(a.value);
    const less = (x: Part, y: Part): Part => opposite(x && y && plain.multiply(x, y));
    const solved = (part: Part): Part => part && plain.multiply(inverse, part);
    const first = solved(sum(b.first, less(a.first, value)));
    const second = solved(sum(b.second, less(a.second, value)));
    const mixed = solved(sum(b.mixed, less(a.first, second), less(a.second, first), less(a.mixed, value)));
    return { value, first, second, mixed };
  };

  const map = ({ value, first, second, mixed }: Taylor<A>, f: ScalarFunction): Taylor<A> => {
    const slope = first || second || mixed ? plain.map(value, { ...f, value: f.first }) : null;
    const curved = (): A => plain.map(value, { ...f, value: f.second });
    return {
      value: plain.map(value, f),
      first: slope && first && plain.hadamard(slope, first),
      second: slope && second && plain.hadamard(slope, second),
      mixed: sum(
        slope && mixed && plain.hadamard(slope, mixed),
        first && second && plain.hadamard(plain.hadamard(curved(), first), second),
      ),
    };
  };

  return {
    constant: (matrix) => ({ value: plain.constant(matrix), first: null, second: null, mixed: null }),
    rows: ({ value }) => plain.rows(value),
    cols: ({ value }) => plain.cols(value),
    multiply: (first, ...others) => others.reduce(product, first),
    transpose: linear(plain.transpose),
    add: (first, ...others) => others.reduce(added, first),
    subtract: (a, b) => added(a, linear((part) => plain.scale(part, -1))(b)),
    scale: (a, factor) => linear((part) => plain.scale(part, factor))(a),
    hadamard: bilinear(plain.hadamard),
    inverse,
    solve,
    lowerTriangle: linear(plain.lowerTriangle),
    runningSums: linear(plain.runningSums),
    relu: (array) => map(array, elementary.relu),
    positive: (array) => map(array, elementary.positive),
    tanh: (array) => map(array, elementary.tanh),
    map,
  };
}

/** Arrays of numbers with exact first and second derivatives. */
export const taylorAlgebra = taylorAlgebraOver(plainAlgebra);
