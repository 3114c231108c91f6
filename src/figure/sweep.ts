import * as Plot from '@observablehq/plot';
import { axisMarks } from './axis-marks.js';
import { colourBar, sequential, type Colours } from './colour-bar.js';
import { comparisonFigure } from './comparison.js';
import { drawing } from './drawing.js';
import { fontSize, type FigureDocument, type FigureOptions } from './options.js';
import type { Panel } from './panel.js';
import { innerWidth, sheet } from './sheet.js';
import { lineHeight, textLines, textWidth } from './text.js';
import type { Axis, Ticks } from './ticks.js';

/** A row of a table of results: parameters, probe, and for each quantity Theory, Simulation, StandardError, Ratio and so on. */
export type SweepRow = Readonly<Record<string, number | string | null>>;

/** A column of the table, and how an axis calls it. */
export interface SweepAxis {
  readonly name: string;
  /** With unit. */
  readonly label: string;
}

/**
 * A quantity over one swept parameter: theory as lines, simulation as points, a series for each probe; beside it the ratio
 * of the two. Axes are logarithmic where all values are above 0 and span a factor of 4 (x) or 10 (y). Returns the SVG as text.
 * Throws TypeError for numbers that are not finite.
 */
export function sweepCurves(
  rows: readonly SweepRow[],
  parameter: SweepAxis,
  quantity: SweepAxis,
  document: FigureDocument,
  options: FigureOptions,
): string {
  const ordered = [...rows].sort((a, b) => Number(a[parameter.name]) - Number(b[parameter.name]));
  const probes = [...new Set(ordered.map(({ probe }) => Number(probe)))].sort((a, b) => a - b);
  const of = (probe: number): readonly SweepRow[] => ordered.filter((row) => row.probe === probe);
  const number = (row: SweepRow, column: string): number => Number(row[column]);
  const column = (suffix: string): string => `${quantity.name}${suffix}`;
  const x: Axis = {
    label: parameter.label,
    scale: scaleOf(
      ordered.map((row) => number(row, parameter.name)),
      4,
    ),
  };
  const predicted = ordered.map((row) => number(row, column('Theory')));
  const values: Panel = {
    x,
    y: { label: quantity.label, scale: scaleOf(predicted, 10) },
    theory: probes.map((probe) => ({
      series: `probe ${probe}`,
      points: of(probe).map((row) => ({ x: number(row, parameter.name), y: number(row, column('Theory')) })),
    })),
    simulation: probes.map((probe) => ({
      series: `probe ${probe}`,
      points: of(probe).map((row) => ({
        x: number(row, parameter.name),
        y: number(row, column('Simulation')),
        se: number(row, column('StandardError')),
      })),
    })),
  };
  // Where the theory says 0 there is no ratio.
  const compared = ordered.filter((row) => row[column('Ratio')] !== null);
  const ratios: Panel = {
    x,
    y: { label: 'simulation / theory', scale: 'linear' },
    reference: 1,
    theory: [],
    simulation: probes.map((probe) => ({
      series: `probe ${probe}`,
      points: compared
        .filter((row) => row.probe === probe)
        .map((row) => ({
          x: number(row, parameter.name),
          y: number(row, column('Ratio')),
          se: number(row, column('RatioStandardError')),
        })),
    })),
  };
  return comparisonFigure(compared.length > 0 ? [values, ratios] : [values], document, options);
}

const SPACE = 24;
const LEAST_SIDE = 180;
const FRAME_HEIGHT = 220;

/**
 * A quantity of one probe over two swept parameters: theory and simulation as two maps with the same colours, logarithmic
 * where all values are above 0 and span a factor of 10. Cells are equally large, whatever the distances of the values.
 * Returns the SVG as text.
 */
export function sweepMaps(
  rows: readonly SweepRow[],
  [first, second]: readonly [SweepAxis, SweepAxis],
  quantity: SweepAxis,
  document: FigureDocument,
  options: FigureOptions,
): string {
  const size = fontSize(options);
  const width = innerWidth(options);
  const ascending = (name: string): number[] =>
    [...new Set(rows.map((row) => Number(row[name])))].sort((a, b) => a - b);
  const [xs, ys] = [ascending(first.name), ascending(second.name)];
  const parts = ['Theory', 'Simulation'] as const;
  const values = parts.flatMap((part) => rows.map((row) => Number(row[`${quantity.name}${part}`])));
  const isLog = scaleOf(values, 10) === 'log';
  const colours = sequential(Math.min(...values), Math.max(...values), isLog);
  const left = Math.max(...ys.map((value) => textWidth(short(value), size))) + 10;
  const columns = width >= 2 * (left + LEAST_SIDE) + SPACE ? 2 : 1;
  const side = (width - columns * left - (columns - 1) * SPACE) / columns;
  const layout: MapLayout = {
    left,
    side,
    size,
    xs,
    ys,
    xTicks: everyFew(xs, side, Math.max(...xs.map((value) => textWidth(short(value), size))) + 8),
    yTicks: everyFew(ys, FRAME_HEIGHT, lineHeight(size) + 4),
  };
  const line = lineHeight(size);
  const height = header(size) + FRAME_HEIGHT + 2 * line + 12;
  const panels = parts.map((part, k) => {
    const cells = rows.map((row) => ({
      x: Number(row[first.name]),
      y: Number(row[second.name]),
      value: Number(row[`${quantity.name}${part}`]),
    }));
    const middle = left + side / 2;
    const x = columns === 2 ? k * (left + side + SPACE) : 0;
    return (
      `<g class="panel" transform="translate(${x},0)">` +
      textLines([second.label], 0, 0, { size }) +
      drawMap(cells, layout, colours, document) +
      textLines([part.toLowerCase()], middle, line, { size, anchor: 'middle', bold: true }) +
      textLines([first.label], middle, height - line, { size, anchor: 'middle' }) +
      '</g>'
    );
  });
  const blocks = columns === 2 ? [panels.join('')] : panels;
  const bar = colourBar(`${quantity.label}${isLog ? ', logarithmic' : ''}`, colours, short, width, size);
  return sheet([...blocks.map((svg) => ({ height, svg })), bar], options);
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

const header = (size: number): number => 2 * lineHeight(size) + 4;

function drawMap(
  cells: readonly { readonly x: number; readonly y: number; readonly value: number }[],
  { left, side, size, xs, ys, xTicks, yTicks }: MapLayout,
  { scale }: Colours,
  document: FigureDocument,
): string {
  return drawing(document, 0, 0, {
    width: left + side,
    height: header(size) + FRAME_HEIGHT + 2 * lineHeight(size) + 12,
    marginLeft: left,
    marginRight: 0,
    marginTop: header(size),
    marginBottom: 2 * lineHeight(size) + 12,
    x: { type: 'band', domain: [...xs], padding: 0 },
    y: { type: 'band', domain: [...ys].reverse(), padding: 0 },
    color: scale,
    marks: [
      Plot.cell(cells, { x: 'x', y: 'y', fill: 'value', shapeRendering: 'crispEdges' }),
      Plot.frame({ strokeWidth: 0.8 }),
      ...axisMarks(Plot.axisX, xTicks, size),
      ...axisMarks(Plot.axisY, yTicks, size),
    ],
  });
}

/** Labels for every value of a band scale, or for as many at equal distances as fit. */
function everyFew(values: readonly number[], room: number, each: number): Ticks {
  const step = Math.ceil((values.length * each) / room);
  return { labelled: values.filter((_, k) => k % step === 0), minor: [], format: short };
}

const short = (value: number): string =>
  String(Number(value.toPrecision(3)))
    .replace('-', '−')
    .replace('e−', 'e-');

function scaleOf(values: readonly number[], factor: number): Axis['scale'] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low > 0 && high / low >= factor ? 'log' : 'linear';
}
