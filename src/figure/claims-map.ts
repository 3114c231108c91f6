import * as Plot from '@observablehq/plot';
import type { Estimate } from '#core';
import { requireFinite, requirePositive } from './check.js';
import { axisMarks } from './axis-marks.js';
import { boundaryOf, gridOf, type Box } from './claims-grid.js';
import { colourBar, diverging } from './colour-bar.js';
import { drawing } from './drawing.js';
import { GLYPH, legend, type LegendEntry } from './legend.js';
import { fontSize, type FigureDocument, type FigureOptions } from './options.js';
import { innerWidth, sheet } from './sheet.js';
import { lineHeight, textLines, textWidth } from './text.js';
import { ticksOf, type Ticks } from './ticks.js';

/** Where a cell of the map lies: parameters, and the step of the frequency. */
export interface ClaimsMapPlace {
  readonly weightDecay: number;
  readonly labelNoiseVariance: number;
  readonly from: number;
  readonly to: number;
}

/** One cell: what raising the frequency from one value to the next does to the drift of the stimulus. */
export interface ClaimsMapCell extends ClaimsMapPlace {
  /** d ln(drift rate) / d f. */
  readonly slope: number;
  /** 1 where the stimulus drifts more slowly than all others. */
  readonly rank: number;
}

/** The same by simulation. */
export interface ClaimsMapSpot extends ClaimsMapPlace {
  readonly slope: Estimate;
}

/** Slopes beyond have the colours of the ends. */
const LIMIT = 5;
const SPACE = 30;
const MIN_WIDTH = 130;
const FRAME_HEIGHT = 200;

/**
 * Map of the claim "more frequent means slower" over label noise (x) and weight decay (y), one panel for each step of the
 * frequency: colour is d ln(drift rate) / d f, blue where the claim holds; a line where it turns over; a dot where the
 * stimulus is not the slowest; a circle where it was simulated, filled by the simulated slope. Returns the SVG as text.
 * Throws TypeError for values of the axes that are not above 0, numbers that are not finite, and a spot whose step of the
 * frequency has no panel.
 */
export function claimsMapFigure(
  cells: readonly ClaimsMapCell[],
  document: FigureDocument,
  options: FigureOptions & { readonly spots?: readonly ClaimsMapSpot[] },
): string {
  const spots = options.spots ?? [];
  const places = [...cells, ...spots];
  for (const axis of ['labelNoiseVariance', 'weightDecay'] as const) {
    const values = places.map((place) => place[axis]);
    requireFinite(axis, values);
    requirePositive(axis, values);
  }
  requireFinite('slope', [...cells.map(({ slope }) => slope), ...spots.map(({ slope: { value } }) => value)]);
  const titles = [...new Set(cells.map(titleOf))];
  const stray = spots.find((spot) => !titles.includes(titleOf(spot)));
  if (stray) throw new TypeError(`the map has no panel for the simulated step ${titleOf(stray)}`);

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
      const name = textLines([title], left + side / 2, line, { size, anchor: 'middle', bold: true });
      return `<g class="panel" transform="translate(${column * (side + SPACE)},0)">${panel}${name}</g>`;
    });
    const middle = left + (Math.min(columns, panels.length) * (side + SPACE) - SPACE) / 2;
    const bottom = headerHeight(size) + FRAME_HEIGHT + footerHeight(size);
    const axisTitles =
      textLines(['weight decay γ'], 0, 0, { size }) +
      textLines(['variance of the label noise σ²'], middle, bottom - line, { size, anchor: 'middle' });
    return { height: bottom, svg: panels.join('') + axisTitles };
  });
  const label = 'slope d ln(drift rate) / d f; blue: the more frequent, the slower; beyond ±5 as at ±5';
  const bar = colourBar(label, diverging(LIMIT), (value) => `${value}`.replace('-', '−'), width, size);
  return sheet([legend(legendEntries(cells, spots), width, size, document), ...rows, bar], options);
}

const titleOf = ({ from, to }: ClaimsMapPlace): string => `f = ${from} to ${to}`;

const headerHeight = (size: number): number => 2 * lineHeight(size) + 4;
const footerHeight = (size: number): number => 2 * lineHeight(size) + 12;

interface MapLayout {
  readonly left: number;
  readonly right: number;
  /** Width of the frame of a panel, px. */
  readonly side: number;
  readonly size: number;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly xTicks: Ticks;
  readonly yTicks: Ticks;
}

/** One step of the frequency. */
function drawPanel(
  cells: readonly (ClaimsMapCell & Box)[],
  spots: readonly ClaimsMapSpot[],
  { left, right, side, size, x, y, xTicks, yTicks }: MapLayout,
  isFirst: boolean,
  document: FigureDocument,
): string {
  return drawing(document, 0, 0, {
    width: left + side + right,
    height: headerHeight(size) + FRAME_HEIGHT + footerHeight(size),
    marginLeft: left,
    marginRight: right,
    marginTop: headerHeight(size),
    marginBottom: footerHeight(size),
    x: { type: 'log', domain: x },
    y: { type: 'log', domain: y },
    color: diverging(LIMIT).scale,
    marks: [
      Plot.rect(cells, {
        x1: 'x1',
        x2: 'x2',
        y1: 'y1',
        y2: 'y2',
        fill: 'slope',
        // Or white would shine through between cells.
        shapeRendering: 'crispEdges',
      }),
      Plot.link(boundaryOf(cells), { x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2', ...boundaryOptions }),
      Plot.dot(
        cells.filter(({ rank }) => rank > 1),
        { x: 'labelNoiseVariance', y: 'weightDecay', ...rankOptions },
      ),
      Plot.dot(spots, {
        x: 'labelNoiseVariance',
        y: 'weightDecay',
        fill: ({ slope }: ClaimsMapSpot) => slope.value,
        ...spotOptions,
      }),
      Plot.frame({ strokeWidth: 0.8 }),
      ...axisMarks(Plot.axisX, xTicks, size),
      ...(isFirst ? axisMarks(Plot.axisY, yTicks, size) : [Plot.axisY([], { label: null })]),
    ],
  });
}

const boundaryOptions = { stroke: 'black', strokeWidth: 1.8, strokeLinecap: 'square' } as const;
/** The white rim shows it on dark cells. */
const rankOptions = { r: 1.8, fill: 'black', stroke: 'white', strokeWidth: 0.6 } as const;
const spotOptions = { r: 6, stroke: 'black', strokeWidth: 1.4 } as const;

function legendEntries(cells: readonly ClaimsMapCell[], spots: readonly ClaimsMapSpot[]): LegendEntry[] {
  const middle = [GLYPH.width / 2, GLYPH.height / 2] as const;
  const line = [
    [0, middle[1]],
    [GLYPH.width, middle[1]],
  ] as const;
  const entries: LegendEntry[] = [{ text: 'sign of the slope turns', marks: [Plot.line(line, boundaryOptions)] }];
  if (cells.some(({ rank }) => rank > 1)) {
    entries.push({ text: 'stimulus is not the slowest', marks: [Plot.dot([middle], rankOptions)] });
  }
  if (spots.length > 0) {
    entries.push({ text: 'slope in simulation', marks: [Plot.dot([middle], { ...spotOptions, fill: 'white' })] });
  }
  return entries;
}
