import * as Plot from '@observablehq/plot';
import { axisMarks } from '../../drawing/axis-marks.js';
import type { Ticks } from '../../drawing/axis.js';
import type { Colours } from '../../drawing/colour-bar.js';
import { valueFormat } from '../../drawing/number-format.js';
import { lettered } from '../../drawing/letters.js';
import type { FigureDocument, FigureOptions } from '../../drawing/options.js';
import { plotGroup } from '../../drawing/plot-group.js';
import { frameHeightFor, type Block } from '../../drawing/sheet.js';
import { lineHeight, textLines, textWidth } from '../../drawing/text.js';
import type { Cell } from './map-cells.js';
import type { SweptAxis } from './table.js';

export const SPACE = 24;
const MIN_SIDE = 180;
/** Largest width of a single map, px. */
const MAX_SIDE = 420;
const FRAME_HEIGHT = 220;

/** A map of a quantity over two swept parameters. */
export interface MapPanel {
  readonly title: string;
  readonly cells: readonly Cell[];
  readonly colours: Colours;
}

/** The dot in the corner of a marked cell. */
export const markOptions = { r: 3, fill: 'black', stroke: 'white', strokeWidth: 0.8 } as const;

interface MapLayout {
  readonly frameHeight: number;
  readonly left: number;
  /** Width of the frame of a panel, px. */
  readonly side: number;
  readonly size: number;
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly xTicks: Ticks;
  readonly yTicks: Ticks;
}

interface MapSetting {
  readonly width: number;
  readonly size: number;
  readonly options: FigureOptions;
  /** The other blocks of the figure. */
  readonly others: readonly Block[];
}

/** The maps in one row with one y axis, or below each other. */
export function panelBlocks(
  panels: readonly MapPanel[],
  [first, second]: readonly [SweptAxis, SweptAxis],
  { width, size, options, others }: MapSetting,
  document: FigureDocument,
): Block[] {
  const line = lineHeight(size);
  const ascending = ({ values }: SweptAxis): number[] => [...values].sort((a, b) => a - b);
  const [xs, ys] = [ascending(first), ascending(second)];
  const labels = valueFormat(ys);
  const left = Math.max(...ys.map((value) => textWidth(labels(value), size))) + 10;
  const inRow = (width - left - (panels.length - 1) * SPACE) / panels.length;
  const columns = inRow >= MIN_SIDE ? panels.length : 1;
  const side = Math.min(MAX_SIDE, columns > 1 ? inRow : width - left - size);
  const around = header(size) + 2 * line + 12;
  const rowCount = panels.length / columns;
  const margins = Array.from({ length: rowCount }, () => ({ height: around }));
  const frameHeight = frameHeightFor([...others, ...margins], rowCount, FRAME_HEIGHT, options);
  const yTicks = bandTicks(ys, frameHeight, size, 'y');
  const layout: MapLayout = { frameHeight, left, side, size, xs, ys, xTicks: bandTicks(xs, side, size, 'x'), yTicks };
  const height = around + frameHeight;
  const drawn = panels.map((panel, k) => {
    const isFirst = k % columns === 0;
    const middle = left + side / 2;
    return (
      `<g class="panel" transform="translate(${(k % columns) * (side + SPACE)},0)">` +
      (isFirst ? textLines([second.label], 0, 0, { size }) : '') +
      drawMap(panel, layout, isFirst, document) +
      textLines([lettered(panel.title, k, options) ?? ''], middle, line, { size, anchor: 'middle', bold: true }) +
      textLines([first.label], middle, height - line, { size, anchor: 'middle' }) +
      '</g>'
    );
  });
  return columns > 1 ? [{ height, svg: drawn.join('') }] : drawn.map((svg) => ({ height, svg }));
}

const header = (size: number): number => 2 * lineHeight(size) + 4;

function drawMap(
  { cells, colours }: MapPanel,
  { frameHeight, left, side, size, xs, ys, xTicks, yTicks }: MapLayout,
  isFirst: boolean,
  document: FigureDocument,
): string {
  const [cellWidth, cellHeight] = [side / xs.length, frameHeight / ys.length];
  const texts = cells.filter(({ text }) => text !== undefined);
  const widest = Math.max(0, ...texts.map(({ text = '' }) => textWidth(text, size)));
  const fits = widest + 4 <= cellWidth && lineHeight(size) <= cellHeight;
  const place = { x: 'x', y: 'y' } as const;
  return plotGroup(document, 0, 0, {
    width: left + side,
    height: header(size) + frameHeight + 2 * lineHeight(size) + 12,
    marginLeft: left,
    marginRight: 0,
    marginTop: header(size),
    marginBottom: 2 * lineHeight(size) + 12,
    x: { type: 'band', domain: [...xs], padding: 0, round: false },
    y: { type: 'band', domain: [...ys].reverse(), padding: 0, round: false },
    color: colours.scale,
    marks: [
      Plot.cell(
        cells.filter(({ fill }) => fill !== null),
        { ...place, fill: 'fill', shapeRendering: 'crispEdges' },
      ),
      ...(fits ? [true, false] : []).map((isOnDark) =>
        Plot.text(
          texts.filter((cell) => (cell.isOnDark ?? false) === isOnDark),
          { ...place, text: 'text', fontSize: size, fill: isOnDark ? 'white' : 'black' },
        ),
      ),
      Plot.dot(
        cells.filter(({ isMarked }) => isMarked),
        { ...place, ...markOptions, dx: cellWidth / 2 - 6, dy: 6 - cellHeight / 2 },
      ),
      Plot.frame({ strokeWidth: 0.8 }),
      ...axisMarks(Plot.axisX, xTicks, size),
      ...(isFirst ? axisMarks(Plot.axisY, yTicks, size) : [Plot.axisY([], { label: null })]),
    ],
  });
}

/** Labels of a band scale: every value, or every n-th so that they fit. */
function bandTicks(values: readonly number[], space: number, size: number, direction: 'x' | 'y'): Ticks {
  const format = valueFormat(values);
  const widest = Math.max(...values.map((value) => textWidth(format(value), size)));
  const each = direction === 'x' ? widest + 8 : lineHeight(size) + 4;
  const step = Math.ceil((values.length * each) / space);
  return { labelled: values.filter((_, k) => k % step === 0), minor: [], format };
}
