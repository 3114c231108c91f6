import { columnNames } from '#core';
import * as Plot from '@observablehq/plot';
import { axisMarks } from './axis-marks.js';
import { requireFinite } from './check.js';
import { colourBar, divergingFromOne, sequential, type Colours } from './colour-bar.js';
import { drawing } from './drawing.js';
import { GLYPH, legend } from './legend.js';
import { fontSize, type FigureDocument, type FigureOptions } from './options.js';
import { innerWidth, sheet, type Block } from './sheet.js';
import { scaleOf, type SweepAxis, type SweepRow, type SweptAxis } from './sweep.js';
import { lineHeight, textLines, textWidth } from './text.js';
import { valueFormat, type Ticks } from './ticks.js';

const SPACE = 24;
const MIN_SIDE = 180;
/** A single map gets no wider than this. */
const LARGEST_SIDE = 420;
const FRAME_HEIGHT = 220;
/** A ratio farther from 1 than so many of its standard errors is marked. */
const STANDARD_ERRORS = 3;
/** The colours of ratios end at 1 - limit and 1 + limit, at the first of these that holds all. */
const LIMITS = [0.02, 0.05, 0.1, 0.2, 0.5, 1];

/** A cell; no fill where nothing can be said by a colour. */
interface Cell {
  readonly x: number;
  readonly y: number;
  readonly fill: number | null;
  readonly text?: string;
  /** Of the text. */
  readonly isOnDark?: boolean;
  readonly isMarked?: boolean;
}

interface MapPanel {
  readonly title: string;
  readonly cells: readonly Cell[];
  readonly colours: Colours;
}

/**
 * A quantity of one probe over two swept parameters: theory and simulation as two maps with the same colours, logarithmic
 * where all values are above 0 and span a factor of 10, and a map of their ratio with its number in each cell, marked where
 * it is more than 3 standard errors from 1. Where the theory is 0 there is no ratio, and colours would show noise: there the
 * simulation is told in its standard errors, in a single map when the theory is 0 everywhere. Cells are equally large,
 * whatever the distances of the values; those without a row are empty. Returns the SVG as text. Throws TypeError for numbers
 * that are not finite.
 */
export function sweepMaps(
  rows: readonly SweepRow[],
  axes: readonly [SweptAxis, SweptAxis],
  quantity: SweepAxis,
  document: FigureDocument,
  options: FigureOptions,
): string {
  const size = fontSize(options);
  const width = innerWidth(options);
  const results = rows.map((row) => resultOf(row, axes, quantity));
  const compared = results.filter(({ theory }) => theory !== 0);
  const bars: { label: string; colours: Colours; format: (value: number) => string }[] = [];
  const panels: MapPanel[] = [];
  if (compared.length === 0) {
    const most = Math.max(1, ...results.map(inErrors));
    const colours = sequential(0, most, false);
    panels.push({
      title: 'simulation / its standard error',
      cells: results.map((one) => errorsCell(one, most)),
      colours,
    });
    bars.push({ label: `${quantity.label}, simulation / its standard error; theory is 0`, colours, format: String });
  } else {
    const values = compared.flatMap(({ theory, simulation }) => [theory, simulation]);
    const isLog = scaleOf(values, 10) === 'log';
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const shared = low < high ? sequential(low, high, isLog) : sequential(low - 1, high + 1, false);
    const isSome = compared.length < results.length;
    panels.push(
      { title: 'theory', cells: results.map(theoryCell), colours: shared },
      { title: 'simulation', cells: results.map(simulationCell), colours: shared },
    );
    const note = isSome ? '; numbers: simulation in standard errors, where theory is 0' : '';
    bars.push({ label: `${quantity.label}${isLog ? ', logarithmic' : ''}${note}`, colours: shared, format: String });
    const farthest = Math.max(...compared.map(({ ratio }) => Math.abs(ratio - 1)));
    const limit = LIMITS.find((one) => farthest <= one) ?? LIMITS[LIMITS.length - 1];
    const colours = divergingFromOne(limit);
    panels.push({
      title: 'simulation / theory',
      cells: compared.map((one) => ratioCell(one, limit)),
      colours,
    });
    const beyond = farthest > limit ? '; beyond the ends as there' : '';
    bars.push({ label: `simulation / theory${beyond}`, colours, format: (value) => String(Number(value.toFixed(3))) });
  }
  const blocks = panelBlocks(panels, axes, { width, size }, document);
  const isAnyMarked = panels.some(({ cells }) => cells.some(({ isMarked }) => isMarked));
  const middle = [GLYPH.width / 2, GLYPH.height / 2] as const;
  const entry = {
    text: `more than ${STANDARD_ERRORS} standard errors from 1`,
    marks: [Plot.dot([middle], markOptions)],
  };
  const key = isAnyMarked ? [legend([entry], width, size, document)] : [];
  return sheet([...key, ...blocks, ...barBlocks(bars, width, size)], options);
}

interface Result {
  readonly x: number;
  readonly y: number;
  readonly theory: number;
  readonly simulation: number;
  readonly se: number;
  /** NaN where the theory is 0. */
  readonly ratio: number;
  readonly ratioError: number;
}

function resultOf(row: SweepRow, [first, second]: readonly [SweptAxis, SweptAxis], { name }: SweepAxis): Result {
  const columns = columnNames(name);
  const [x, y, theory, simulation, se] = [
    first.name,
    second.name,
    columns.theory,
    columns.simulation,
    columns.simulationError,
  ].map((column) => Number(row[column]));
  requireFinite(name, [x, y, theory, simulation, se]);
  const quotient = row[columns.ratio];
  if (theory === 0 || quotient === null) return { x, y, theory: 0, simulation, se, ratio: NaN, ratioError: 0 };
  const [ratio, ratioError] = [Number(quotient), Number(row[columns.ratioError])];
  requireFinite(`${name}, simulation / theory`, [ratio, ratioError]);
  return { x, y, theory, simulation, se, ratio, ratioError };
}

const inErrors = ({ simulation, se }: Result): number => (se > 0 ? simulation / se : 0);

const theoryCell = ({ x, y, theory }: Result): Cell =>
  theory === 0 ? { x, y, fill: null, text: '0' } : { x, y, fill: theory };

const simulationCell = (result: Result): Cell =>
  result.theory === 0 ? errorsCell(result) : { x: result.x, y: result.y, fill: result.simulation };

/** By colour, dark at the low end, where `most` is given; else in words. */
function errorsCell(result: Result, most?: number): Cell {
  const { x, y } = result;
  const value = inErrors(result);
  const text = value.toFixed(1).replace('-', '−');
  if (most === undefined) return { x, y, fill: null, text: text };
  return { x, y, fill: value, text, isOnDark: value < 0.55 * most };
}

function ratioCell({ x, y, ratio, ratioError }: Result, limit: number): Cell {
  return {
    x,
    y,
    fill: ratio,
    text: (Math.abs(ratio) < 10 ? ratio.toFixed(2) : String(Number(ratio.toPrecision(2)))).replace('-', '−'),
    isOnDark: Math.abs(ratio - 1) > 0.65 * limit,
    isMarked: Math.abs(ratio - 1) > STANDARD_ERRORS * ratioError,
  };
}

const markOptions = { r: 3, fill: 'black', stroke: 'white', strokeWidth: 0.8 } as const;

/** The colour bars, two beside one another where there is room. */
function barBlocks(
  bars: readonly { readonly label: string; readonly colours: Colours; readonly format: (value: number) => string }[],
  width: number,
  size: number,
): Block[] {
  const each = (width - SPACE) / 2;
  const isWide = bars.length === 2 && each >= 300;
  const blocks = bars.map(({ label, colours, format }) =>
    colourBar(label, colours, format, isWide ? each : width, size),
  );
  if (!isWide) return blocks;
  const height = Math.max(...blocks.map((block) => block.height));
  const svg = blocks
    .map((block, k) => `<g transform="translate(${k * (each + SPACE)},${height - block.height})">${block.svg}</g>`)
    .join('');
  return [{ height, svg }];
}

interface MapLayout {
  readonly left: number;
  /** Width of the frame of a panel, px. */
  readonly side: number;
  readonly size: number;
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly xTicks: Ticks;
  readonly yTicks: Ticks;
}

/** The maps in one row with one axis of y, or below one another. */
function panelBlocks(
  panels: readonly MapPanel[],
  [first, second]: readonly [SweptAxis, SweptAxis],
  { width, size }: { readonly width: number; readonly size: number },
  document: FigureDocument,
): Block[] {
  const line = lineHeight(size);
  const ascending = ({ values }: SweptAxis): number[] => [...values].sort((a, b) => a - b);
  const [xs, ys] = [ascending(first), ascending(second)];
  const yTicks = everyFew(ys, FRAME_HEIGHT, size, 'y');
  const left = Math.max(...yTicks.labelled.map((value) => textWidth(yTicks.format(value), size))) + 10;
  const inRow = (width - left - (panels.length - 1) * SPACE) / panels.length;
  const columns = inRow >= MIN_SIDE ? panels.length : 1;
  const side = Math.min(LARGEST_SIDE, columns > 1 ? inRow : width - left - size);
  const layout: MapLayout = { left, side, size, xs, ys, xTicks: everyFew(xs, side, size, 'x'), yTicks };
  const height = header(size) + FRAME_HEIGHT + 2 * line + 12;
  const drawn = panels.map((panel, k) => {
    const isFirst = k % columns === 0;
    const middle = left + side / 2;
    return (
      `<g class="panel" transform="translate(${(k % columns) * (side + SPACE)},0)">` +
      (isFirst ? textLines([second.label], 0, 0, { size }) : '') +
      drawMap(panel, layout, isFirst, document) +
      textLines([panel.title], middle, line, { size, anchor: 'middle', bold: true }) +
      textLines([first.label], middle, height - line, { size, anchor: 'middle' }) +
      '</g>'
    );
  });
  return columns > 1 ? [{ height, svg: drawn.join('') }] : drawn.map((svg) => ({ height, svg }));
}

const header = (size: number): number => 2 * lineHeight(size) + 4;

function drawMap(
  { cells, colours }: MapPanel,
  { left, side, size, xs, ys, xTicks, yTicks }: MapLayout,
  isFirst: boolean,
  document: FigureDocument,
): string {
  const [cellWidth, cellHeight] = [side / xs.length, FRAME_HEIGHT / ys.length];
  const texts = cells.filter(({ text }) => text !== undefined);
  const widest = Math.max(0, ...texts.map(({ text = '' }) => textWidth(text, size)));
  const fits = widest + 4 <= cellWidth && lineHeight(size) <= cellHeight;
  const place = { x: 'x', y: 'y' } as const;
  return drawing(document, 0, 0, {
    width: left + side,
    height: header(size) + FRAME_HEIGHT + 2 * lineHeight(size) + 12,
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

/** Labels for every value of a band scale, or for as many at equal distances as fit. */
function everyFew(values: readonly number[], room: number, size: number, direction: 'x' | 'y'): Ticks {
  const format = valueFormat(values);
  const widest = Math.max(...values.map((value) => textWidth(format(value), size)));
  const each = direction === 'x' ? widest + 8 : lineHeight(size) + 4;
  const step = Math.ceil((values.length * each) / room);
  return { labelled: values.filter((_, k) => k % step === 0), minor: [], format };
}
