import { exp, log } from '#random';

/** Probability that an F-distributed number with `a` and `b` degrees of freedom exceeds `value` (regularised incomplete beta function). */
export function exceedsF(value: number, a: number, b: number): number {
  if (!(value > 0)) return 1;
  return incompleteBeta(b / (b + a * value), b / 2, a / 2);
}

/** I_x(p, q) by its continued fraction (modified Lentz); the half of the range where it converges fast. */
function incompleteBeta(x: number, p: number, q: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (p + 1) / (p + q + 2)) return 1 - incompleteBeta(1 - x, q, p);
  const front = exp(logGamma(p + q) - logGamma(p) - logGamma(q) + p * log(x) + q * log(1 - x)) / p;
  const TINY = 1e-300;
  let c = 1;
  let d = 1 - ((p + q) * x) / (p + 1);
  d = 1 / (Math.abs(d) < TINY ? TINY : d);
  let result = d;
  const step = (term: number): number => {
    d = 1 + term * d;
    c = 1 + term / c;
    d = 1 / (Math.abs(d) < TINY ? TINY : d);
    return d * (Math.abs(c) < TINY ? TINY : c);
  };
  for (let k = 1; k <= 500; k++) {
    result *= step((k * (q - k) * x) / ((p + 2 * k - 1) * (p + 2 * k)));
    const factor = step((-(p + k) * (p + q + k) * x) / ((p + 2 * k) * (p + 2 * k + 1)));
    result *= factor;
    if (Math.abs(factor - 1) < 1e-14) break;
  }
  return front * result;
}

/** Lanczos' approximation for arguments above 0. */
function logGamma(x: number): number {
  const coefficients = [
    76.18009172947146, -86.50532032941677, 24.01409824083091, -1.231739572450155, 0.1208650973866179e-2,
    -0.5395239384953e-5,
  ];
  const shifted = x + 5.5 - (x + 0.5) * log(x + 5.5);
  const series = coefficients.reduce((sum, value, k) => sum + value / (x + k + 1), 1.000000000190015);
  return -shifted + log((2.5066282746310005 * series) / x);
}
