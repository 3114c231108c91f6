/** From here on tanh is 1 to the last bit. */
export const TANH_LIMIT = 20;
/** 2 / ln 2, and ln 2 as a number of few bits and the rest, so that products of the first with small integers are exact. */
export const TWO_OVER_LN2 = 2.885390081777927;
export const LN2_HIGH = 0.6931471803691238;
export const LN2_LOW = 1.9082149292705877e-10;
/** Adding and subtracting it rounds a number below 2^51 to the nearest whole one. */
export const ROUNDER = 6755399441055744;
/** 1/k! for k = 14 down to 2: expm1(r) = r + r^2 (1/2! + r (1/3! + ...)), below rounding for |r| <= ln 2 / 2. */
export const EXPM1_TERMS: readonly number[] = (() => {
  const terms = [0.5];
  for (let k = 3; k <= 14; k++) terms.push(terms[terms.length - 1] / k);
  return terms.reverse();
})();

const POWERS = Float64Array.from({ length: 64 }, (_, k) => Number(2n ** BigInt(k)));

/**
 * tanh x within 1e-15 of itself, from sums, products and one quotient of IEEE arithmetic alone: JavaScript engines round `Math.tanh`
 * differently. With 2 |x| = k ln 2 + r and p = expm1(r) it is (2^k - 1 + 2^k p) / (2^k + 1 + 2^k p). Compiled steps make the same operations
 * (src/kernel/compiled-rule/elementary.ts).
 */
export function tanh(x: number): number {
  const size = Math.abs(x);
  const limited = TANH_LIMIT < size ? TANH_LIMIT : size;
  const k = limited * TWO_OVER_LN2 + ROUNDER - ROUNDER;
  const twice = limited + limited;
  const r = twice - k * LN2_HIGH - k * LN2_LOW;
  let sum = EXPM1_TERMS[0];
  for (let i = 1; i < EXPM1_TERMS.length; i++) sum = sum * r + EXPM1_TERMS[i];
  const power = k >= 0 ? POWERS[k] : k;
  const scaled = power * (r + r * r * sum);
  const ratio = (power - 1 + scaled) / (power + 1 + scaled);
  return x < 0 ? -ratio : ratio;
}
