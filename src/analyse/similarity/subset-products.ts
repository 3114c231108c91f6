/**
 * Inner products of two symmetric M x M matrices A, B over some stimuli, after centring over these (H = 1 - 11'/m), with diag(B) the
 * diagonal alone and O(B) = B - diag(B).
 */
export interface CentredProducts {
  /** <HAH, HBH>. */
  readonly whole: number;
  /** <HAH, H O(B) H>. */
  readonly wholeAndRest: number;
  /** <H O(A) H, H O(B) H>. */
  readonly rest: number;
  /** <H diag(A) H, H diag(B) H>. */
  readonly diagonal: number;
}

export function centredProducts(
  a: Float64Array,
  b: Float64Array,
  size: number,
  stimuli: ArrayLike<number>,
): CentredProducts {
  const count = stimuli.length;
  let entries = 0;
  let diagonals = 0;
  let rows = 0;
  let rowsA = 0;
  let rowsB = 0;
  let totalA = 0;
  let totalB = 0;
  let diagonalA = 0;
  let diagonalB = 0;
  for (let k = 0; k < count; k++) {
    const i = stimuli[k];
    let sumA = 0;
    let sumB = 0;
    for (let l = 0; l < count; l++) {
      const entry = i * size + stimuli[l];
      entries += a[entry] * b[entry];
      sumA += a[entry];
      sumB += b[entry];
    }
    const ownA = a[i * (size + 1)];
    const ownB = b[i * (size + 1)];
    diagonals += ownA * ownB;
    rows += sumA * sumB;
    rowsA += sumA * ownB;
    rowsB += ownA * sumB;
    totalA += sumA;
    totalB += sumB;
    diagonalA += ownA;
    diagonalB += ownB;
  }
  const centre = (products: number, rowProducts: number, totals: number): number =>
    products - (2 * rowProducts) / count + totals / (count * count);
  const whole = centre(entries, rows, totalA * totalB);
  const diagonal = centre(diagonals, diagonals, diagonalA * diagonalB);
  const wholeAndDiagonal = centre(diagonals, rowsA, totalA * diagonalB);
  const diagonalAndWhole = centre(diagonals, rowsB, diagonalA * totalB);
  return {
    whole,
    wholeAndRest: whole - wholeAndDiagonal,
    rest: whole - wholeAndDiagonal - diagonalAndWhole + diagonal,
    diagonal,
  };
}
