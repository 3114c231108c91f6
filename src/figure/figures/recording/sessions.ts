import { formatNumber } from '#core';
import { colourBar, sequential, type Colours } from '../../drawing/colour-bar.js';
import { lettered } from '../../drawing/letters.js';
import { numberFormat } from '../../drawing/number-format.js';
import { fontSize, type FigureDocument, type FigureOptions } from '../../drawing/options.js';
import { innerWidth, sheet, type Block } from '../../drawing/sheet.js';
import { lineHeight, textLines, textWidth, wrap } from '../../drawing/text.js';
import { defineFigure } from '../../figure.js';
import { drawMatrix } from './matrix.js';
import type { SessionMatrix, SessionsTable } from './table.js';
import { isKindWith } from './values.js';

const numbersOf = ({ values }: SessionMatrix): number[] =>
  values.flat().filter((value): value is number => value !== null && Number.isFinite(value));

const drawable = ({ matrices }: SessionsTable): SessionMatrix[] =>
  matrices.filter((matrix) => numbersOf(matrix).length > 0);

export const sessions = defineFigure<SessionsTable>({
  name: 'sessions',
  applies: isKindWith<SessionsTable>('recording-sessions', (table) => drawable(table).length > 0),
  draw: drawSessions,
});

const SPACE = 22;
/** Least and largest side of a matrix, px. */
const [MIN_SIDE, MAX_SIDE] = [150, 300];

/**
 * Matrices of session against session side by side, each with colours of its own; what is not determined is grey, the
 * diagonal empty. Returns the SVG as text. Throws TypeError for a matrix without one row and column for each session.
 */
function drawSessions(table: SessionsTable, document: FigureDocument, options: FigureOptions): string {
  const { times, timeUnit } = table;
  const shown = drawable(table);
  for (const { title, values } of shown) {
    if (values.length !== times.length || values.some((row) => row.length !== times.length))
      throw new TypeError(`${title}: expected ${times.length} rows and columns, one for each session`);
  }
  const size = fontSize(options);
  const width = innerWidth(options);
  const names = times.map((time) => formatNumber(time, 3, 'typeset'));
  const left = Math.max(...names.map((name) => textWidth(name, size))) + 8;
  const fitting = Math.floor((width - left + SPACE) / (MIN_SIDE + SPACE));
  const columns = Math.max(1, Math.min(shown.length, fitting));
  const side = Math.min(MAX_SIDE, (width - left - (columns - 1) * SPACE) / columns);
  const indent = Math.max(0, (width - left - columns * (side + SPACE) + SPACE) / 2);
  const titles = shown.map(({ title }, k) => wrap(lettered(title, k, options) ?? title, 1.1 * size, side));
  const top = Math.max(...titles.map(({ length }) => length)) * lineHeight(size) + 4;
  const blocks = Array.from({ length: Math.ceil(shown.length / columns) }, (_, row): Block => {
    const parts = shown.slice(row * columns, (row + 1) * columns).map((matrix, column) => {
      const x = left + indent + column * (side + SPACE);
      const colours = coloursOf(matrix);
      const frame = { x, y: top, side, size };
      const drawn = drawMatrix(matrix, { names, isFirst: column === 0, colours }, frame, document);
      const bar = colourBar(matrix.label, colours, numberFormat([]), side, size);
      const barTop = top + side + 2 * lineHeight(size) + 10;
      const axis = textLines([`session (${timeUnit})`], x + side / 2, top + side + lineHeight(size) + 4, {
        size,
        anchor: 'middle',
      });
      return {
        height: barTop + bar.height,
        svg:
          textLines(titles[row * columns + column], x, 0, { size, bold: true }) +
          `${drawn}${axis}<g transform="translate(${x},${barTop})">${bar.svg}</g>`,
      };
    });
    return {
      height: Math.max(...parts.map(({ height }) => height)),
      svg: `<g class="matrices">${parts.map(({ svg }) => svg).join('')}</g>`,
    };
  });
  return sheet(blocks, options);
}

function coloursOf(matrix: SessionMatrix): Colours {
  const numbers = numbersOf(matrix);
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  // Equal numbers need some scale all the same.
  const margin = high > low ? 0 : Math.abs(high) / 10 || 1;
  return sequential(low - margin, high + margin, false);
}
