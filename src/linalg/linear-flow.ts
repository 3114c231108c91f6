import { exponentialMinusIdentity } from './exponential.js';
import { add, apply, fromData, isDiagonal, multiply, norm, scale, zeros, type Matrix } from './matrix.js';

/** Finest step, in units of 1 / |A|: short beside any time in which a vector changes noticeably. */
const FINEST = 2 ** -20;

/**
 * The linear flow y' = A y: y(t) = exp(t A) y(0), in steps of `finest` 2^k, whose exponentials are made when they are first
 * taken. O(r^3) for each k and O(r^2) for each step; O(r) where A is diagonal.
 */
export class LinearFlow {
  /** A and exp(finest 2^k A) - I; where A is diagonal, its diagonal as a column (r x 1), and theirs. */
  readonly #generator: Matrix;
  readonly #steps: Matrix[];
  /** The shortest step; Infinity where nothing moves. */
  readonly finest: number;

  /** Throws RangeError when an entry of A (r x r) is not finite. */
  constructor(generator: Matrix) {
    const size = norm(generator);
    this.finest = size > 0 ? FINEST / size : Infinity;
    const step =
      size > 0 ? exponentialMinusIdentity(scale(generator, this.finest)) : zeros(generator.rows, generator.rows);
    const held = isDiagonal(generator) ? diagonalOf : (a: Matrix) => a;
    this.#generator = held(generator);
    this.#steps = [held(step)];
  }

  /** A y. */
  rate(y: Float64Array): Float64Array {
    return times(this.#generator, y);
  }

  /** exp(finest 2^k A) y, or with the transpose of A. */
  advance(y: Float64Array, k: number, transposed = false): Float64Array {
    while (this.#steps.length <= k) this.#steps.push(doubled(this.#steps[this.#steps.length - 1]));
    const change = transposed ? timesTransposed(this.#steps[k], y) : times(this.#steps[k], y);
    return change.map((value, i) => value + y[i]);
  }

  /** A^T y. */
  transposedRate(y: Float64Array): Float64Array {
    return timesTransposed(this.#generator, y);
  }
}

const isColumn = ({ rows, cols }: Matrix): boolean => cols === 1 && rows > 1;

function diagonalOf(a: Matrix): Matrix {
  return fromData(
    a.rows,
    1,
    Float64Array.from({ length: a.rows }, (_, i) => a.data[i * (a.cols + 1)]),
  );
}

const times = (a: Matrix, y: Float64Array): Float64Array =>
  isColumn(a) ? y.map((value, i) => a.data[i] * value) : apply(a, y);

const timesTransposed = (a: Matrix, y: Float64Array): Float64Array =>
  isColumn(a) ? times(a, y) : multiply(fromData(1, y.length, y), a).data;

/** exp(2 b) - I = B^2 + 2 B of B = exp(b) - I. */
function doubled(b: Matrix): Matrix {
  if (isColumn(b)) return { ...b, data: b.data.map((value) => value * (value + 2)) };
  return add(multiply(b, b), b, 2);
}
