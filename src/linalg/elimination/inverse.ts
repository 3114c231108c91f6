/** Inverts a (r x r) in place by Gauss-Jordan elimination with partial pivoting; false when it is singular. */
export function invertInPlace(a: Float64Array, r: number, pivots: Int32Array): boolean {
  for (let k = 0; k < r; k++) {
    let pivot = k;
    for (let i = k + 1; i < r; i++) if (Math.abs(a[i * r + k]) > Math.abs(a[pivot * r + k])) pivot = i;
    pivots[k] = pivot;
    if (!(Math.abs(a[pivot * r + k]) > 0)) return false;
    if (pivot !== k) swapRows(a, r, k, pivot);
    const inverse = 1 / a[k * r + k];
    a[k * r + k] = 1;
    for (let j = 0; j < r; j++) a[k * r + j] *= inverse;
    for (let i = 0; i < r; i++) {
      if (i === k) continue;
      const factor = a[i * r + k];
      a[i * r + k] = 0;
      for (let j = 0; j < r; j++) a[i * r + j] -= factor * a[k * r + j];
    }
  }
  for (let k = r - 1; k >= 0; k--) {
    const pivot = pivots[k];
    if (pivot === k) continue;
    for (let i = 0; i < r; i++) {
      const value = a[i * r + k];
      a[i * r + k] = a[i * r + pivot];
      a[i * r + pivot] = value;
    }
  }
  return true;
}

function swapRows(a: Float64Array, cols: number, i: number, k: number): void {
  for (let j = 0; j < cols; j++) {
    const value = a[i * cols + j];
    a[i * cols + j] = a[k * cols + j];
    a[k * cols + j] = value;
  }
}
