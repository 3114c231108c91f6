// Math.exp, Math.log and Math.cbrt may differ in the last bit from one JavaScript engine to the next, and with them the random numbers.
// These use IEEE arithmetic alone, which is the same everywhere.

/** ln 2 in two parts: the upper 32 bits, so that small multiples of it are exact, and the rest. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

const word = new Float64Array(1);
/** The same 64 bits; platforms of WebAssembly have the low half first. */
const halves = new Int32Array(word.buffer);

/**
 * e^x for x <= 708, to 2 units in the last place, and 0 below -708, where e^x is less than 4e-308. x = k ln 2 + r with
 * |r| <= 0.35; the Taylor series of e^r to r^13 leaves less than 5e-18. For x above 708 the result is meaningless.
 */
export function exp(x: number): number {
  if (x < -708) return 0;
  const k = Math.floor(x / LN2_HIGH + 0.5);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  const tail = 1 / 3628800 + r * (1 / 39916800 + r * (1 / 479001600 + r * (1 / 6227020800)));
  const middle = 1 / 120 + r * (1 / 720 + r * (1 / 5040 + r * (1 / 40320 + r * (1 / 362880 + r * tail))));
  const series = 1 + r * (1 + r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * middle))));
  halves[0] = 0;
  halves[1] = (k + 1023) << 20;
  return series * word[0];
}

/**
 * ln x for normal x > 0, to 2 units in the last place. x = 2^k m with m near 1; ln m = 2 artanh f with f = (m-1)/(m+1), |f| <=
 * 0.172, whose series to f^21 leaves less than 1e-17 of it. For other x the result is meaningless.
 */
export function log(x: number): number {
  word[0] = x;
  let k = (halves[1] >>> 20) - 1023;
  halves[1] = (halves[1] & 0xfffff) | 0x3ff00000;
  let m = word[0];
  if (m > Math.SQRT2) {
    m /= 2;
    k++;
  }
  const f = (m - 1) / (m + 1);
  const square = f * f;
  const tail = 1 / 13 + square * (1 / 15 + square * (1 / 17 + square * (1 / 19 + square * (1 / 21))));
  const series = 1 / 3 + square * (1 / 5 + square * (1 / 7 + square * (1 / 9 + square * (1 / 11 + square * tail))));
  return k * LN2_HIGH + (2 * f + (2 * f * square * series + k * LN2_LOW));
}

/** The cube root of a finite number, to 2 units in the last place. */
export function cubeRoot(x: number): number {
  if (x === 0) return x;
  const size = Math.abs(x);
  const near = exp(log(size) / 3);
  return Math.sign(x) * (near - (near - size / (near * near)) / 3);
}
