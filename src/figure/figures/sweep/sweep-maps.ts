import * as Plot from '@observablehq/plot';
import type { Axis } from '../../drawing/axis.js';
import { colourBar, divergingFromOne, sequential, type Colours } from '../../drawing/colour-bar.js';
import { GLYPH, legend } from '../../drawing/legend.js';
import { fontSize, type FigureDocument, type FigureOptions } from '../../drawing/options.js';
import { innerWidth, sheet, type Block } from '../../drawing/sheet.js';
import { defineFigure } from '../../figure.js';
import {
  errorsCell,
  inErrors,
  MARK_ERRORS,
  ratioCell,
  resultOf,
  simulationCell,
  theoryCell,
  type Result,
} from './map-cells.js';
import { markOptions, panelBlocks, SPACE, type MapPanel } from './map-panels.js';
import { scaleOf } from './scales.js';
import { isSweep, probesOf, type SweepAxis, type SweepTable } from './table.js';

export const sweepMaps = defineFigure<SweepTable>({
  name: 'maps',
  applies: (table): table is SweepTable => isSweep(table) && table.axes.length === 2 && probesOf(table).length === 1,
  draw: drawMaps,
});

/** The colours of ratios end at 1 - limit and 1 + limit, with the first of these limits that contains all ratios. */
const LIMITS = [0.02, 0.05, 0.1, 0.2, 0.5, 1];

/**
 * A quantity of one probe over two swept parameters: theory and simulation as two maps with the same colours,
 * logarithmic if all values are above 0 and span a factor of 10 or where that is asked for, and a map of their ratio with
 * its number in each cell, marked if it is more than 3 standard errors from 1. Where the theory is 0 there is no ratio, and colours would show
 * noise: the simulation is shown in units of its standard error there, in a single map if the theory is 0 everywhere.
 * All cells have the same size; those without a row are empty. Returns the SVG as text. Throws TypeError for numbers
 * that are not finite.
 */
function drawMaps(
  { rows, axes, quantity, scales }: SweepTable,
  document: FigureDocument,
  options: FigureOptions,
): string {
  const size = fontSize(options);
  const width = innerWidth(options);
  const [first, second] = axes;
  const results = rows.map((row) => resultOf(row, [first, second], quantity));
  const hasTheory = results.some(({ theory }) => theory !== 0);
  const all = hasTheory ? comparedMaps(results, quantity, scales?.y) : simulationMap(results, quantity);
  const [panels, bars] =
    options.ratio === false && hasTheory ? [all.panels.slice(0, -1), all.bars.slice(0, -1)] : [all.panels, all.bars];
  const isAnyMarked = panels.some(({ cells }) => cells.some(({ isMarked }) => isMarked));
  const middle = [GLYPH.width / 2, GLYPH.height / 2] as const;
  const entry = { text: `more than ${MARK_ERRORS} standard errors from 1`, marks: [Plot.dot([middle], markOptions)] };
  const key = isAnyMarked ? [legend([entry], width, size, document)] : [];
  const below = barBlocks(bars, width, size);
  const others = [...key, ...below];
  const blocks = panelBlocks(panels, [first, second], { width, size, options, others }, document);
  return sheet([...key, ...blocks, ...below], options);
}

interface ColourBar {
  readonly label: string;
  readonly colours: Colours;
  readonly format: (value: number) => string;
}

interface Maps {
  readonly panels: readonly MapPanel[];
  readonly bars: readonly ColourBar[];
}

/** The simulation alone, for a theory of 0. */
function simulationMap(results: readonly Result[], quantity: SweepAxis): Maps {
  const max = Math.max(1, ...results.map(inErrors));
  const colours = sequential(0, max, false);
  const cells = results.map((one) => errorsCell(one, max));
  const label = `${quantity.label}, simulation / its standard error; theory is 0`;
  return {
    panels: [{ title: 'simulation / its standard error', cells, colours }],
    bars: [{ label, colours, format: String }],
  };
}

/** Theory, simulation, and their ratio. */
function comparedMaps(results: readonly Result[], quantity: SweepAxis, asked: Axis['scale'] | undefined): Maps {
  const compared = results.filter(({ theory }) => theory !== 0);
  const values = compared.flatMap(({ theory, simulation }) => [theory, simulation]);
  const isLog = (asked ?? scaleOf(values, 10)) === 'log';
  const coloured = isLog ? values.filter((value) => value > 0) : values;
  const [low, high] = [Math.min(...coloured), Math.max(...coloured)];
  const shared = low < high ? sequential(low, high, isLog) : sequential(low - 1, high + 1, false);
  const isSome = compared.length < results.length;
  const note = isSome ? '; numbers: simulation in standard errors, where theory is 0' : '';
  const farthest = Math.max(...compared.map(({ ratio }) => Math.abs(ratio - 1)));
  const limit = LIMITS.find((one) => farthest <= one) ?? LIMITS[LIMITS.length - 1];
  const ratioColours = divergingFromOne(limit);
  const beyond = farthest > limit ? '; beyond the ends as there' : '';
  return {
    panels: [
      { title: 'theory', cells: results.map(theoryCell), colours: shared },
      {
        title: 'simulation',
        cells: results.map((one) => simulationCell(one, isLog ? low : undefined)),
        colours: shared,
      },
      { title: 'simulation / theory', cells: compared.map((one) => ratioCell(one, limit)), colours: ratioColours },
    ],
    bars: [
      { label: `${quantity.label}${isLog ? ', logarithmic' : ''}${note}`, colours: shared, format: String },
      {
        label: `simulation / theory${beyond}`,
        colours: ratioColours,
        format: (value) => String(Number(value.toFixed(3))),
      },
    ],
  };
}

/** The colour bars, two of them beside each other if there is space. */
function barBlocks(bars: readonly ColourBar[], width: number, size: number): Block[] {
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
