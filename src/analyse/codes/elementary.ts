// Math.acos differs in the last bit from one JavaScript engine to the next: this uses IEEE arithmetic alone.

/** arccos x for -1 <= x <= 1, radians, to 1e-15: arcsin is summed up to x = 1/2, and halves of angles reach the rest. */
export function arcCosine(x: number): number {
  if (Math.abs(x) <= 0.5) return Math.PI / 2 - arcSine(x);
  const half = 2 * arcSine(Math.sqrt((1 - Math.abs(x)) / 2));
  return x > 0 ? half : Math.PI - half;
}

/** Terms of x^(2k + 1) beyond which those of |x| <= 1/2 are below 1e-17. */
const TERMS = 25;

function arcSine(x: number): number {
  let [term, sum] = [x, x];
  for (let k = 1; k <= TERMS; k++) {
    term *= (x * x * (2 * k - 1)) / (2 * k);
    sum += term / (2 * k + 1);
  }
  return sum;
}
