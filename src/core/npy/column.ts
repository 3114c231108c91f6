import { npyBytes } from './write.js';

/**
 * The cells of a column as a .npy file of one dimension: fixed-width text where one is a text, otherwise int32 where asked for,
 * and float64 (NaN for empty cells) for all others.
 */
export function npyColumn(cells: readonly (number | string | null)[], isInt32: boolean): Uint8Array<ArrayBuffer> {
  if (cells.some((cell) => typeof cell === 'string')) return textArray(cells.map((cell) => String(cell ?? '')));
  if (isInt32) return npyBytes('<i4', [cells.length], Int32Array.from(cells, Number));
  return npyBytes(
    '<f8',
    [cells.length],
    Float64Array.from(cells, (cell) => (cell === null ? NaN : Number(cell))),
  );
}

/** UCS-4, padded with zeros, as NumPy stores text. */
function textArray(texts: readonly string[]): Uint8Array<ArrayBuffer> {
  const points = texts.map((text) => Array.from(text, (letter) => letter.codePointAt(0) ?? 0));
  const width = Math.max(1, ...points.map(({ length }) => length));
  const data = new Uint32Array(texts.length * width);
  points.forEach((codes, row) => {
    data.set(codes, row * width);
  });
  return npyBytes(`<U${width}`, [texts.length], data);
}
