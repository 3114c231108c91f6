import { add, fromData, multiply, scale, type Matrix } from '#linalg';

/** The symmetric matrix [a, b; b, c]. */
export const twoByTwo = (a: number, b: number, c: number): Matrix => fromData(2, 2, Float64Array.of(a, b, b, c));
export const unit = twoByTwo(1, 0, 1);

export const determinant = ({ data: [a, b, c, d] }: Matrix): number => a * d - b * c;

export function inverseOf(a: Matrix): Matrix {
  const [p, q, r, t] = a.data;
  return scale(fromData(2, 2, Float64Array.of(t, -q, -r, p)), 1 / determinant(a));
}

/** Solves the Sylvester equation first U + U second = right for U, by the characteristic polynomial of `second`. */
export function sylvester(first: Matrix, second: Matrix, right: Matrix): Matrix {
  const t = second.data[0] + second.data[3];
  const left = add(add(multiply(first, first), first, t), unit, determinant(second));
  const moved = add(add(multiply(first, right), multiply(right, second), -1), right, t);
  return multiply(inverseOf(left), moved);
}
