import * as Plot from '@observablehq/plot';
import { requireFinite } from './check.js';
import { colourBar, diverging } from './colour-bar.js';
import { drawing } from './drawing.js';
import { fontSize, type FigureDocument, type FigureOptions } from './options.js';
import { innerWidth, sheet } from './sheet.js';
import { lineHeight, textLines, textWidth, wrap } from './text.js';
import { numberFormat } from './ticks.js';

export interface SimilarityMatrix {
  /** E.g. the time. */
  readonly title: string;
  /** h_i . h_j, activation^2, as rows. */
  readonly values: readonly (readonly number[])[];
}

const SPACE = 14;
const LARGEST_CELL = 44;
const LARGEST_SIDE = 270;

/**
 * Similarity matrices h_i . h_j side by side, one colour scale for all, symmetric about 0, rows and columns named. Returns
 * the SVG as text; throws TypeError for numbers that are not finite and for matrices that do not have one row and one column
 * for each name.
 */
export function similarityFigure(
  matrices: readonly SimilarityMatrix[],
  names: readonly string[],
  document: FigureDocument,
  options: FigureOptions,
): string {
  for (const { title, values } of matrices) {
    if (values.length !== names.length || values.some((row) => row.length !== names.length)) {
      throw new TypeError(`${title}: expected ${names.length} rows and columns, one for each name`);
    }
    requireFinite(title, values.flat());
  }
  const size = fontSize(options);
  const width = innerWidth(options);
  const widestName = Math.max(...names.map((name) => textWidth(name, size)));
  const left = widestName + 6;
  // Names stand in rows of their own height, so cells must not be smaller; matrices go below one another rather.
  const columns = [...matrices.keys()]
    .map((k) => matrices.length - k)
    .find((count) => cellSize(count, names.length, width, left) >= lineHeight(size));
  const count = columns ?? 1;
  const cell = Math.min(LARGEST_CELL, LARGEST_SIDE / names.length, cellSize(count, names.length, width, left));
  const side = cell * names.length;
  const upright = widestName > cell - 4;
  const titles = matrices.map(({ title }) => wrap(title, size, side));
  const titleHeight = Math.max(...titles.map(({ length }) => length)) * lineHeight(size) + 2;
  const top = titleHeight + (upright ? widestName : lineHeight(size)) + 4;
  const limit = roundUp(Math.max(...matrices.flatMap(({ values }) => values.flat()).map(Math.abs)) || 1);
  const blocks = Array.from({ length: Math.ceil(matrices.length / count) }, (_, row) => {
    const parts = matrices.slice(row * count, (row + 1) * count).map(({ values }, k) => {
      const x = left + k * (side + SPACE);
      const title = textLines(titles[row * count + k], x + side / 2, 0, { size, anchor: 'middle', bold: true });
      return title + columnNames(names, x, top - 4, cell, upright, size) + cells(values, x, top, side, limit, document);
    });
    const rowNames = names.map((name, k) =>
      textLines([name], left - 6, top + (k + 0.5) * cell - 0.62 * size, { size, anchor: 'end' }),
    );
    return { height: top + side, svg: `<g class="matrices">${rowNames.join('')}${parts.join('')}</g>` };
  });
  const bar = colourBar(
    'similarity hᵢ·hⱼ (activation²)',
    diverging(limit),
    numberFormat([limit, limit / 2]),
    width,
    size,
  );
  return sheet([...blocks, bar], options);
}

/** The next number whose half is short to write, too. */
function roundUp(value: number): number {
  const exponent = Math.floor(Math.log10(value));
  const mantissa = [1, 2, 3, 4, 5, 6, 8, 10].find((digits) => Number(`${digits}e${exponent}`) >= value) ?? 10;
  return Number(`${mantissa}e${exponent}`);
}

/** Side of a cell, px, with so many matrices in a row. */
const cellSize = (count: number, rows: number, width: number, left: number): number =>
  (width - left - (count - 1) * SPACE) / (count * rows);

/** Names above the columns, upright where they are wider than those. */
function columnNames(
  names: readonly string[],
  x: number,
  y: number,
  cell: number,
  upright: boolean,
  size: number,
): string {
  const texts = names.map((name, k) => {
    const middle = x + (k + 0.5) * cell;
    if (!upright) return textLines([name], middle, y - lineHeight(size) + 2, { size, anchor: 'middle' });
    return `<g transform="translate(${middle - 0.62 * size},${y}) rotate(-90)">${textLines([name], 0, 0, { size })}</g>`;
  });
  return texts.join('');
}

function cells(
  values: readonly (readonly number[])[],
  x: number,
  y: number,
  side: number,
  limit: number,
  document: FigureDocument,
): string {
  const data = values.flatMap((row, i) => row.map((value, j) => ({ i, j, value })));
  const edges = [0, values.length] as const;
  return drawing(document, x, y, {
    width: side,
    height: side,
    margin: 0,
    axis: null,
    x: { type: 'linear', domain: edges },
    y: { type: 'linear', domain: edges, reverse: true },
    color: diverging(limit).scale,
    marks: [
      Plot.rect(data, {
        x1: 'j',
        x2: ({ j }: { j: number }) => j + 1,
        y1: 'i',
        y2: ({ i }: { i: number }) => i + 1,
        fill: 'value',
        shapeRendering: 'crispEdges',
      }),
      Plot.frame({ strokeWidth: 0.8 }),
    ],
  });
}
