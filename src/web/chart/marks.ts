/** Symbols that differ in outline as well as series do in colour, as path data around 0, 0. */
const symbols: readonly ((x: number, y: number, r: number) => string)[] = [
  (x, y, r) => `M${x - r},${y}a${r},${r} 0 1 0 ${2 * r},0a${r},${r} 0 1 0 ${-2 * r},0z`,
  (x, y, r) => `M${x - r * 0.9},${y - r * 0.9}h${r * 1.8}v${r * 1.8}h${-r * 1.8}z`,
  (x, y, r) => `M${x},${y - r * 1.2}l${r * 1.15},${r * 2}h${-r * 2.3}z`,
  (x, y, r) => `M${x},${y - r * 1.3}l${r * 1.1},${r * 1.3}l${-r * 1.1},${r * 1.3}l${-r * 1.1},${-r * 1.3}z`,
  (x, y, r) => `M${x},${y + r * 1.2}l${r * 1.15},${-r * 2}h${-r * 2.3}z`,
];

/** Colours that the style sheet has. */
export const COLOURS = 7;

/** Series that colour and symbol together tell apart. */
export const DISTINCT_SERIES = COLOURS * symbols.length;

/** The colour of series k. */
export const seriesClass = (k: number): string => `series-${k % COLOURS}`;

const digits = (value: number): number => Math.round(value * 100) / 100;

/** Path data of the symbol of series k at a place. */
export const symbolAt = (k: number, x: number, y: number, r: number): string =>
  symbols[k % symbols.length](digits(x), digits(y), r);

/** Path data of a vertical error bar. */
export const barAt = (x: number, low: number, high: number): string => `M${digits(x)},${digits(low)}V${digits(high)}`;

/** Path data of a line through places; a gap where one is not finite. */
export function lineThrough(places: readonly (readonly [number, number])[]): string {
  let pen = 'M';
  let path = '';
  for (const [x, y] of places) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      pen = 'M';
      continue;
    }
    path += `${pen}${digits(x)},${digits(y)}`;
    pen = 'L';
  }
  return path;
}
