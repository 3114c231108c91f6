/**
 * Solves a x = b for a (k x k) and b (k x m) in place, by elimination that swaps no rows: b becomes x, a what is left of it, and
 * `scaled` has room for k numbers. Returns false where a pivot is 0.
 *
 * The numbers do not depend on what is known of a: where it is symmetric, bit by bit, both sides of the diagonal stay mirror images,
 * so that one of them is enough; where all above the diagonal are 0, they stay so, and this is forward substitution. For a side below the diagonal
 * takes the scaled row of a pivot and its column as it is, the other one the row as it is and the scaled column.
 */
export function solveInPlace(a: Float64Array, k: number, b: Float64Array, m: number, scaled: Float64Array): boolean {
  for (let j = 0; j < k; j++) {
    const row = j * k;
    if (!(Math.abs(a[row + j]) > 0)) return false;
    const inverse = 1 / a[row + j];
    for (let c = j + 1; c < k; c++) scaled[c] = a[row + c] * inverse;
    for (let i = j + 1; i < k; i++) {
      const at = i * k;
      const entry = a[at + j];
      const factor = entry * inverse;
      for (let c = j + 1; c < i; c++) a[at + c] -= entry * scaled[c];
      for (let c = i; c < k; c++) a[at + c] -= factor * a[row + c];
      for (let c = 0; c < m; c++) b[i * m + c] -= factor * b[j * m + c];
    }
    a[row + j] = inverse;
  }
  for (let j = k - 1; j >= 0; j--) {
    const inverse = a[j * k + j];
    for (let c = 0; c < m; c++) b[j * m + c] *= inverse;
    for (let i = 0; i < j; i++) {
      const entry = a[i * k + j];
      for (let c = 0; c < m; c++) b[i * m + c] -= entry * b[j * m + c];
    }
  }
  return true;
}
