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

/** Stacks blocks and the caption into one self-contained SVG: white background, black text, no scripts, no fonts. */
export function sheet(blocks: readonly Block[], options: FigureOptions): string {
  const size = fontSize(options);
  let y = MARGIN;
  const parts = [...blocks, ...captionBlock(options, size)].map(({ height, svg }) => {
    const part = `<g transform="translate(${MARGIN},${y})">${svg}</g>`;
    y += height + GAP;
    return part;
  });
  const { width, title } = options;
  const height = Math.ceil(y - GAP + MARGIN);
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
