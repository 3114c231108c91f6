import { InvalidInputError, PIXELS_PER_MM } from '#core';
import type { FigureOptions } from './options.js';
import { fontSize } from './options.js';
import { escapeText, lineHeight, textLines, wrap } from './text.js';

/** A part of a figure: its height in px, and its SVG with the upper left corner at (0, 0). */
export interface Block {
  readonly height: number;
  readonly svg: string;
}

/** Space between blocks, and around the figure, px. */
const GAP = 10;
const MARGIN = 8;

/** Width that blocks may fill, px. */
export const innerWidth = ({ width }: FigureOptions): number => width - 2 * MARGIN;

/** Least height of the frame of a panel, px. */
const MIN_FRAME = 60;

/**
 * The height of the frames of panels, in so many rows, with which the whole figure is as high as is asked for; `usual` where nothing is.
 * `others`: the blocks without the frames. Throws InvalidInputError where too little is left for them.
 */
export function frameHeightFor(
  others: readonly Pick<Block, 'height'>[],
  rows: number,
  usual: number,
  options: FigureOptions,
): number {
  const { height } = options;
  if (height === undefined) return usual;
  const taken = heightOf([...others, ...captionBlock(options, fontSize(options))]);
  const left = Math.floor((height - taken) / rows);
  if (left >= MIN_FRAME) return left;
  throw new InvalidInputError(
    `the height of the figure: found ${Math.round(height)} px, expected at least ${Math.ceil(taken + rows * MIN_FRAME)} px ` +
      `(${Math.ceil((taken + rows * MIN_FRAME) / PIXELS_PER_MM)} mm) for its ${rows === 1 ? 'panels' : `${rows} rows of panels`} at this width`,
  );
}

/** Of a figure with these blocks, px. */
const heightOf = (blocks: readonly Pick<Block, 'height'>[]): number =>
  Math.ceil(blocks.reduce((sum, { height }) => sum + height + GAP, MARGIN) - GAP + MARGIN);

/** Stacks blocks and the caption into one self-contained SVG: white background, black text, no scripts, no fonts. */
export function sheet(blocks: readonly Block[], options: FigureOptions): string {
  const size = fontSize(options);
  const all = [...blocks, ...captionBlock(options, size)];
  let y = MARGIN;
  const parts = all.map(({ height, svg }) => {
    const part = `<g transform="translate(${MARGIN},${y})">${svg}</g>`;
    y += height + GAP;
    return part;
  });
  const { width, title } = options;
  const height = Math.max(heightOf(all), Math.round(options.height ?? 0));
  const text = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" `,
    `font-family="Helvetica, Arial, 'DejaVu Sans', sans-serif" font-size="${size}" fill="black" color="black">`,
    `<title>${escapeText(title)}</title><rect width="${width}" height="${height}" fill="white"/>`,
    ...parts,
    '</svg>',
  ].join('');
  // A hundredth of a pixel is enough, and keeps files small.
  return text.replace(/<[^>]+>/g, (tag) =>
    tag.replace(/-?\d+\.\d{3,}(e-\d+)?/g, (digits) => `${round(Number(digits))}`),
  );
}

const round = (value: number): number => Math.round(100 * value) / 100 + 0;

function captionBlock(options: FigureOptions, size: number): Block[] {
  if (options.caption === undefined) return [];
  const lines = wrap(options.caption, size, innerWidth(options));
  return [{ height: lines.length * lineHeight(size), svg: textLines(lines, 0, 0, { size }) }];
}
