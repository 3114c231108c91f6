/** Adds the inner products of the rows of a and b, `width` numbers each, times `factor` to target. */
export function addProducts(target: Float64Array, a: Float64Array, b: Float64Array, width: number, factor = 1): void {
  for (let i = 0; i < target.length; i++) {
    let sum = 0;
    for (let j = i * width; j < (i + 1) * width; j++) sum += a[j] * b[j];
    target[i] += factor * sum;
  }
}

/** Adds the squared distances between the rows of a and b, `width` numbers each, to target. */
export function addSquaredDistances(target: Float64Array, a: Float64Array, b: Float64Array, width: number): void {
  for (let i = 0; i < target.length; i++) {
    let sum = 0;
    for (let j = i * width; j < (i + 1) * width; j++) sum += (a[j] - b[j]) * (a[j] - b[j]);
    target[i] += sum;
  }
}
