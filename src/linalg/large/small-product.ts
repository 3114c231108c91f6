/**
 * `addWideProduct` in plain JavaScript. Two rows by four columns at a time: eight sums that do not wait for each other. A row or column
 * that is left over is paired with itself, and the same sums are written twice.
 */
export function addSmallProduct(
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  r: number,
  k: number,
  c: number,
): void {
  for (let i = 0; i < r; i += 2) {
    const i2 = Math.min(i + 1, r - 1);
    const [a1, a2] = [i * k, i2 * k];
    for (let j = 0; j < c; j += 4) {
      const j2 = Math.min(j + 1, c - 1);
      const j3 = Math.min(j + 2, c - 1);
      const j4 = Math.min(j + 3, c - 1);
      const [b1, b2, b3, b4] = [j * k, j2 * k, j3 * k, j4 * k];
      let s11 = out[i * c + j];
      let s12 = out[i * c + j2];
      let s13 = out[i * c + j3];
      let s14 = out[i * c + j4];
      let s21 = out[i2 * c + j];
      let s22 = out[i2 * c + j2];
      let s23 = out[i2 * c + j3];
      let s24 = out[i2 * c + j4];
      for (let l = 0; l < k; l++) {
        const x = a[a1 + l];
        const y = a[a2 + l];
        const p = b[b1 + l];
        const q = b[b2 + l];
        const s = b[b3 + l];
        const t = b[b4 + l];
        s11 += x * p;
        s12 += x * q;
        s13 += x * s;
        s14 += x * t;
        s21 += y * p;
        s22 += y * q;
        s23 += y * s;
        s24 += y * t;
      }
      out[i * c + j] = s11;
      out[i * c + j2] = s12;
      out[i * c + j3] = s13;
      out[i * c + j4] = s14;
      out[i2 * c + j] = s21;
      out[i2 * c + j2] = s22;
      out[i2 * c + j3] = s23;
      out[i2 * c + j4] = s24;
    }
  }
}
