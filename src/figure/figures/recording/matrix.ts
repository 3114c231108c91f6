import type { Colours } from '../../drawing/colour-bar.js';
import type { FigureDocument } from '../../drawing/options.js';
import { escapeText, lineHeight, textLines, textWidth } from '../../drawing/text.js';
import { matrixCells } from '../matrix-cells.js';
import type { SessionMatrix } from './table.js';

interface Frame {
  readonly x: number;
  readonly y: number;
  readonly side: number;
  readonly size: number;
}

interface MatrixStyle {
  /** Of the sessions. */
  readonly names: readonly string[];
  /** Whether the names stand at the rows, too. */
  readonly isFirst: boolean;
  readonly colours: Colours;
}

/** Grey of what is not determined. */
const MISSING = '#dddddd';
/** Size of numbers in cells, px. */
const NUMBER_SIZE = 11;

/** The cells of a matrix with a frame, and the names of its rows and columns, as many as fit. */
export function drawMatrix(
  { values, isCount = false }: SessionMatrix,
  { names, isFirst, colours }: MatrixStyle,
  { x, y, side, size }: Frame,
  document: FigureDocument,
): string {
  const count = values.length;
  const cell = side / count;
  const cells = values.flatMap((row, i) =>
    row.flatMap((value, j) =>
      i === j && value === null ? [] : [{ i, j, value: Number.isFinite(value) ? value : null }],
    ),
  );
  const drawn = matrixCells(document, { x, y, side }, count, cells, { ...colours.scale, unknown: MISSING });
  const every = Math.max(1, Math.ceil(Math.max(...names.map((name) => textWidth(name, size) + 6)) / cell));
  const rowsEvery = Math.max(1, Math.ceil(lineHeight(size) / cell));
  const middle = (k: number): number => (k + 0.5) * cell;
  const columnNames = names.flatMap((name, k) =>
    k % every === 0 ? [textLines([name], x + middle(k), y + side + 3, { size, anchor: 'middle' })] : [],
  );
  const rowNames = names.flatMap((name, k) =>
    isFirst && k % rowsEvery === 0
      ? [textLines([name], x - 6, y + middle(k) - 0.62 * size, { size, anchor: 'end' })]
      : [],
  );
  return drawn + (isCount ? numbersIn(cells, cell, colours, { x, y }) : '') + columnNames.join('') + rowNames.join('');
}

/** The numbers themselves, white on dark cells; none where one of them does not fit. */
function numbersIn(
  cells: readonly { readonly i: number; readonly j: number; readonly value: number | null }[],
  cell: number,
  { axis }: Colours,
  { x, y }: Pick<Frame, 'x' | 'y'>,
): string {
  const texts = cells.flatMap(({ i, j, value }) => (value === null ? [] : [{ i, j, value, text: String(value) }]));
  if (texts.some(({ text }) => textWidth(text, NUMBER_SIZE) > cell - 2) || cell < NUMBER_SIZE + 4) return '';
  const written = texts.map(({ i, j, value, text }) => {
    const fill = (axis?.fractionOf(value) ?? 0) > 0.6 ? 'black' : 'white';
    const baseline = y + (i + 0.5) * cell + 0.36 * NUMBER_SIZE;
    return `<text x="${x + (j + 0.5) * cell}" y="${baseline}" text-anchor="middle" fill="${fill}">${escapeText(text)}</text>`;
  });
  return `<g class="numbers" font-size="${NUMBER_SIZE}">${written.join('')}</g>`;
}
