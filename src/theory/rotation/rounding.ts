/**
 * What rounding leaves of zero: predicted numbers below this share of the largest of their kind are zero, and so in all that is printed
 * of them.
 */
export const ROUNDING = 1e-12;

/**
 * The representation c of an input x, or zeros where it is rounding: |c|^2 beside the largest |c|^2 of an input of this length, for the
 * largest gain |c| / |x|.
 */
export function withoutRounding(c: Float64Array, gain: number, x: ArrayLike<number>): Float64Array {
  const largest = gain * Math.hypot(...Array.from(x));
  return Math.hypot(...c) > Math.sqrt(ROUNDING) * largest ? c : new Float64Array(c.length);
}
