import { dot } from '#linalg';

/** Below this a squared length has lost digits or all of them: a representation that has died out. */
export const SMALLEST = 1e-290;

/** |h(0)| |h(t)| of the squared lengths: their product may be too small to be a number where both are not. NaN below `SMALLEST`. */
export function lengths(then: number, now: number): number {
  if (then < SMALLEST || now < SMALLEST) return NaN;
  const product = then * now;
  return product < SMALLEST ? Math.sqrt(then) * Math.sqrt(now) : Math.sqrt(product);
}

/** Cosines between the rows of a and b, `width` numbers each; NaN where one of them has died out. */
export function cosines(a: Float64Array, b: Float64Array, width: number): Float64Array {
  return Float64Array.from({ length: a.length / width }, (_, i) => {
    const [x, y] = [a, b].map((rows) => rows.subarray(i * width, (i + 1) * width));
    return dot(x, y) / lengths(dot(x, x), dot(y, y));
  });
}
