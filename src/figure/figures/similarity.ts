import { assertFinite } from '../drawing/check.js';
import { colourBar, diverging } from '../drawing/colour-bar.js';
import { lettered } from '../drawing/letters.js';
import { numberFormat } from '../drawing/number-format.js';
import { fontSize, type FigureDocument, type FigureOptions } from '../drawing/options.js';
import { innerWidth, sheet } from '../drawing/sheet.js';
import { lineHeight, textLines, textWidth, wrap } from '../drawing/text.js';
import { defineFigure, isKind, type FigureData } from '../figure.js';
import { matrixCells } from './matrix-cells.js';

export interface SimilarityMatrix {
  /** E.g. the time. */
  readonly title: string;
  /** h_i . h_j, activation^2, as rows. */
  readonly values: readonly (readonly number[])[];
}

export interface SimilarityTable extends FigureData {
  readonly kind: 'similarity';
  readonly matrices: readonly SimilarityMatrix[];
  /** Names of the rows, and of the columns. */
  readonly names: readonly string[];
}

export const similarity = defineFigure<SimilarityTable>({
  name: 'similarity',
  applies: isKind('similarity'),
  draw: drawSimilarity,
});

const SPACE = 14;
const MAX_CELL = 44;
const MAX_SIDE = 270;

/**
 * Similarity matrices h_i . h_j side by side, with one colour scale, symmetric about 0, and named rows and columns.
 * Returns the SVG as text. Throws TypeError for numbers that are not finite, and for matrices without one row and
 * column for each name.
 */
function drawSimilarity(
  { matrices, names }: SimilarityTable,
  document: FigureDocument,
  options: FigureOptions,
): string {
  for (const { title, values } of matrices) {
    if (values.length !== names.length || values.some((row) => row.length !== names.length)) {
      throw new TypeError(`${title}: expected ${names.length} rows and columns, one for each name`);
    }
    assertFinite(title, values.flat());
  }
  const size = fontSize(options);
  const width = innerWidth(options);
  const widestName = Math.max(...names.map((name) => textWidth(name, size)));
  const left = widestName + 6;
  // A cell must be as high as the name of its row; if there is no space for that, matrices go below each other.
  const columns = [...matrices.keys()]
    .map((k) => matrices.length - k)
    .find((count) => cellSize(count, names.length, width, left) >= lineHeight(size));
  const count = columns ?? 1;
  const cell = Math.min(MAX_CELL, MAX_SIDE / names.length, cellSize(count, names.length, width, left));
  const side = cell * names.length;
  const upright = widestName > cell - 4;
  const titles = matrices.map(({ title }, k) => wrap(lettered(title, k, options) ?? title, size, side));
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

/** The next larger number of one digit, which has a short half. */
function roundUp(value: number): number {
  const exponent = Math.floor(Math.log10(value));
  const mantissa = [1, 2, 3, 4, 5, 6, 8, 10].find((digits) => Number(`${digits}e${exponent}`) >= value) ?? 10;
  return Number(`${mantissa}e${exponent}`);
}

/** Side of a cell with `count` matrices in a row, px. */
const cellSize = (count: number, rows: number, width: number, left: number): number =>
  (width - left - (count - 1) * SPACE) / (count * rows);

/** Names above the columns, upright if they are wider than the columns. */
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
  return matrixCells(document, { x, y, side }, values.length, data, diverging(limit).scale);
}
