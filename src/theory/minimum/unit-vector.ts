import { dot, type Matrix } from '#linalg';

/** A unit vector: its numbers, or one coordinate axis with a sign, which needs no memory. */
export type UnitVector = Float64Array | { readonly axis: number; readonly sign: number };

/** v.x */
export function along(v: UnitVector, x: ArrayLike<number>): number {
  return v instanceof Float64Array ? dot(v, x) : v.sign * x[v.axis];
}

/** The numbers of v in `size` dimensions. */
export function components(v: UnitVector, size: number): Float64Array {
  if (v instanceof Float64Array) return v;
  const numbers = new Float64Array(size);
  numbers[v.axis] = v.sign;
  return numbers;
}

/** The matrix with the vectors v of the axes as its columns. */
export function basisOf(axes: readonly { readonly v: UnitVector }[], size: number): Matrix {
  const data = new Float64Array(size * axes.length);
  axes.forEach(({ v }, j) => {
    if (v instanceof Float64Array) for (let i = 0; i < size; i++) data[i * axes.length + j] = v[i];
    else data[v.axis * axes.length + j] = v.sign;
  });
  return { rows: size, cols: axes.length, data };
}
