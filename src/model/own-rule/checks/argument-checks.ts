import {
  shapeAlgebra,
  type ArrayAlgebra,
  type ElementaryFunction,
  type Matrix,
  type ScalarFunction,
  type Shape,
} from '#linalg';
import { shown } from '../rule-error.js';

const isArray = (value: unknown): value is Shape =>
  typeof value === 'object' && value !== null && 'rows' in value && 'cols' in value;

/** `2 x 3` of an array, other values as in all messages. */
const described = (value: unknown): string =>
  isArray(value) ? `an array of ${value.rows} x ${value.cols}` : shown(value);

function expectArrays(operation: string, given: readonly unknown[], hint = ''): void {
  const other = given.findIndex((value) => !isArray(value));
  if (other < 0) return;
  throw new RangeError(`${operation} takes arrays, found ${described(given[other])} as argument ${other + 1}${hint}`);
}

const CUBE =
  'for the cube, map(a, { value: (x) => x ** 3, first: (x) => 3 * x * x, second: (x) => 6 * x }); for tanh, tanh(a)';

const isScalarFunction = (f: unknown): f is ScalarFunction =>
  typeof f === 'object' &&
  f !== null &&
  ['value', 'first', 'second'].every((name) => typeof (f as Readonly<Record<string, unknown>>)[name] === 'function');

const named =
  (operation: ElementaryFunction) =>
  (a: Shape): Shape => {
    expectArrays(operation, [a]);
    return a;
  };

/** Shapes, with RangeError for arguments of other types: JavaScript lets a rule file give anything. */
export const argumentChecks: ArrayAlgebra<Shape> = {
  constant: (matrix: Matrix) => {
    if (isArray(matrix) && matrix.data instanceof Float64Array) return shapeAlgebra.constant(matrix);
    throw new RangeError(
      `constant takes a known matrix, such as fromRows([[1, 2]]) or identity(2), found ${described(matrix)}`,
    );
  },
  rows: (a) => {
    expectArrays('rows', [a]);
    return a.rows;
  },
  cols: (a) => {
    expectArrays('cols', [a]);
    return a.cols;
  },
  multiply: (...all) => {
    expectArrays('multiply', all, '; scale(a, 2) is the product with a number');
    return shapeAlgebra.multiply(...all);
  },
  transpose: (a) => {
    expectArrays('transpose', [a]);
    return shapeAlgebra.transpose(a);
  },
  add: (...all) => {
    expectArrays('add', all, '; constant(matrix) is an array of known numbers');
    return shapeAlgebra.add(...all);
  },
  subtract: (a, b) => {
    expectArrays('subtract', [a, b], '; constant(matrix) is an array of known numbers');
    return shapeAlgebra.subtract(a, b);
  },
  scale: (a, factor) => {
    expectArrays('scale', [a]);
    if (typeof factor === 'number') return a;
    throw new RangeError(
      `scale takes an array and a number, found ${described(factor)} as the number; the product of two arrays is multiply, ` +
        'entry by entry hadamard',
    );
  },
  hadamard: (a, b) => {
    expectArrays('hadamard', [a, b], '; scale(a, 2) is the product with a number');
    return shapeAlgebra.hadamard(a, b);
  },
  inverse: (a) => {
    expectArrays('inverse', [a]);
    return shapeAlgebra.inverse(a);
  },
  solve: (a, b) => {
    expectArrays('solve', [a, b]);
    return shapeAlgebra.solve(a, b);
  },
  lowerTriangle: (a) => {
    expectArrays('lowerTriangle', [a]);
    return a;
  },
  runningSums: (a) => {
    expectArrays('runningSums', [a]);
    return a;
  },
  relu: named('relu'),
  positive: named('positive'),
  tanh: named('tanh'),
  map: (a, f) => {
    expectArrays('map', [a]);
    if (isScalarFunction(f)) return a;
    throw new RangeError(
      `map takes an array and a function with its derivatives, { value, first, second }, found ${described(f)}; ${CUBE}`,
    );
  },
};
