import { assertFinite, assertPositive } from '../../drawing/check.js';
import { colourBar } from '../../drawing/colour-bar.js';
import { legend } from '../../drawing/legend.js';
import { lettered } from '../../drawing/letters.js';
import { fontSize, type FigureDocument, type FigureOptions } from '../../drawing/options.js';
import { innerWidth, sheet } from '../../drawing/sheet.js';
import { lineHeight, textLines, textWidth } from '../../drawing/text.js';
import { ticksOf } from '../../drawing/ticks.js';
import { defineFigure, isKind } from '../../figure.js';
import { colours, drawPanel, footerHeight, FRAME_HEIGHT, headerHeight } from './draw-panel.js';
import { gridOf } from './grid.js';
import { legendEntries } from './marks.js';
import type { ClaimsMapPlace, ClaimsMapTable } from './table.js';

export const claimsMap = defineFigure<ClaimsMapTable>({
  name: 'claims-map',
  applies: isKind('claims-map'),
  draw: drawClaimsMap,
});

const SPACE = 30;
const MIN_WIDTH = 130;

/**
 * Map of the claim "more frequent means slower" over label noise (x) and weight decay (y), one panel for each step of
 * the frequency. The colour is d ln(drift rate) / d f, blue where the claim holds; a line marks where its sign changes,
 * a dot where the stimulus is not the slowest, a circle a simulated point, filled with the colour of its slope. Returns
 * the SVG as text. Throws TypeError for values of the axes that are not above 0, numbers that are not finite, and a
 * spot whose step of the frequency has no panel. Labels of the parameters stand in place of their names.
 */
function drawClaimsMap(
  { cells, spots = [], labels = {} }: ClaimsMapTable,
  document: FigureDocument,
  options: FigureOptions,
): string {
  const places = [...cells, ...spots];
  const titleOf = ({ from, to }: ClaimsMapPlace): string => `${labels.frequency ?? 'f'} = ${from} to ${to}`;
  for (const axis of ['labelNoiseVariance', 'weightDecay'] as const) {
    const values = places.map((place) => place[axis]);
    assertFinite(axis, values);
    assertPositive(axis, values);
  }
  assertFinite('slope', [...cells.map(({ slope }) => slope), ...spots.map(({ slope: { value } }) => value)]);
  const titles = [...new Set(cells.map(titleOf))];
  const outside = spots.find((spot) => !titles.includes(titleOf(spot)));
  if (outside) throw new TypeError(`the map has no panel for the simulated step ${titleOf(outside)}`);

  const size = fontSize(options);
  const width = innerWidth(options);
  const grid = gridOf(cells);
  const x = [Math.min(...grid.map(({ x1 }) => x1)), Math.max(...grid.map(({ x2 }) => x2))] as const;
  const y = [Math.min(...grid.map(({ y1 }) => y1)), Math.max(...grid.map(({ y2 }) => y2))] as const;
  const yTicks = ticksOf('log', y, FRAME_HEIGHT, size, 'y');
  const left = Math.max(...yTicks.labelled.map((value) => textWidth(yTicks.format(value), size))) + 10;
  const columns = Math.max(1, Math.min(titles.length, Math.floor((width - left + SPACE) / (MIN_WIDTH + SPACE))));
  const right = size;
  const side = (width - left - right - (columns - 1) * SPACE) / columns;
  const layout = { left, right, side, size, x, y, yTicks, xTicks: ticksOf('log', x, side, size, 'x') };
  const line = lineHeight(size);
  const rows = Array.from({ length: Math.ceil(titles.length / columns) }, (_, row) => {
    const panels = titles.slice(row * columns, (row + 1) * columns).map((title, column) => {
      const isHere = (place: ClaimsMapPlace): boolean => titleOf(place) === title;
      const isFirst = column === 0;
      const panel = drawPanel(grid.filter(isHere), spots.filter(isHere), layout, isFirst, document);
      const heading = lettered(title, row * columns + column, options) ?? title;
      const name = textLines([heading], left + side / 2, line, { size, anchor: 'middle', bold: true });
      return `<g class="panel" transform="translate(${column * (side + SPACE)},0)">${panel}${name}</g>`;
    });
    const middle = left + (Math.min(columns, panels.length) * (side + SPACE) - SPACE) / 2;
    const bottom = headerHeight(size) + FRAME_HEIGHT + footerHeight(size);
    const axisTitles =
      textLines([labels.weightDecay ?? 'weight decay γ'], 0, 0, { size }) +
      textLines([labels.labelNoiseVariance ?? 'variance of the label noise σ²'], middle, bottom - line, {
        size,
        anchor: 'middle',
      });
    return { height: bottom, svg: panels.join('') + axisTitles };
  });
  const label = 'slope d ln(drift rate) / d f; blue: the more frequent, the slower; beyond ±5 as at ±5';
  const bar = colourBar(label, colours, (value) => `${value}`.replace('-', '−'), width, size);
  return sheet([legend(legendEntries(cells, spots), width, size, document), ...rows, bar], options);
}
