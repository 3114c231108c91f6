/** Symbols that can be told apart without colour, as path data around x, y. */
const symbols: readonly ((x: number, y: number, r: number) => string)[] = [
  (x, y, r) => `M${x - r},${y}a${r},${r} 0 1 0 ${2 * r},0a${r},${r} 0 1 0 ${-2 * r},0z`,
  (x, y, r) => `M${x - r * 0.9},${y - r * 0.9}h${r * 1.8}v${r * 1.8}h${-r * 1.8}z`,
  (x, y, r) => `M${x},${y - r * 1.2}l${r * 1.15},${r * 2}h${-r * 2.3}z`,
  (x, y, r) => `M${x},${y - r * 1.3}l${r * 1.1},${r * 1.3}l${-r * 1.1},${r * 1.3}l${-r * 1.1},${-r * 1.3}z`,
  (x, y, r) => `M${x},${y + r * 1.2}l${r * 1.15},${-r * 2}h${-r * 2.3}z`,
];

/** Colours of series in the style sheet: one for each digit. */
export const COLOURS = 10;

/** Series that a chart tells apart, by colour or symbol: of more, those of a colour are drawn together. */
export const DISTINCT_SERIES = 3 * COLOURS;

/** A series in the colour of the text, of what belongs to no probe. */
export const INK = -1;

/** The class that sets the colour of series k. */
export const seriesClass = (k: number): string => (k === INK ? 'series-ink' : `series-${k % COLOURS}`);

/** Another series than k, but in its colour: what is seen of the same probe in another way. */
export const sameColour = (k: number): number => k + COLOURS;

const digits = (value: number): number => Math.round(value * 100) / 100;

/** Path data of the symbol of series k around x, y: another one whenever the colours begin again. */
export const symbolAt = (k: number, x: number, y: number, r: number): string =>
  symbols[k === INK ? symbols.length - 1 : (k + Math.floor(k / COLOURS)) % symbols.length](digits(x), digits(y), r);

/** Path data of a vertical error bar. */
export const barAt = (x: number, low: number, high: number): string => `M${digits(x)},${digits(low)}V${digits(high)}`;

/** Where the tip of an arrow points to. */
const directions = { up: [0, -1], down: [0, 1], left: [-1, 0], right: [1, 0] } as const;

/** Path data of an arrow whose tip is at x, y: a head with a shaft behind it. */
export function arrowAt(x: number, y: number, direction: keyof typeof directions, r: number): string {
  const [dx, dy] = directions[direction];
  const at = (back: number, aside: number): string =>
    `${digits(x - back * r * dx - aside * r * dy)},${digits(y - back * r * dy + aside * r * dx)}`;
  return `M${at(0, 0)}L${at(1.8, 1.2)}L${at(1.8, 0.4)}L${at(3.6, 0.4)}L${at(3.6, -0.4)}L${at(1.8, -0.4)}L${at(1.8, -1.2)}z`;
}

/** Path data of the areas between two lines over the same points, with gaps at those that are not finite. */
export function areasBetween(points: readonly (readonly [x: number, low: number, high: number])[]): string {
  const stretches: (readonly [number, number, number])[][] = [[]];
  for (const point of points) {
    if (point.every(Number.isFinite)) stretches[stretches.length - 1].push(point);
    else stretches.push([]);
  }
  return stretches
    .filter(({ length }) => length > 1)
    .map((stretch) => {
      const upper = stretch.map(([x, , high]) => `${digits(x)},${digits(high)}`);
      const lower = stretch.map(([x, low]) => `${digits(x)},${digits(low)}`).reverse();
      return `M${[...upper, ...lower].join('L')}z`;
    })
    .join('');
}

/** Path data of a line through points, with gaps at those that are not finite. */
export function lineThrough(points: readonly (readonly [number, number])[]): string {
  let command = 'M';
  let path = '';
  for (const [x, y] of points) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      command = 'M';
      continue;
    }
    path += `${command}${digits(x)},${digits(y)}`;
    command = 'L';
  }
  return path;
}
