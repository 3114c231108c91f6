import * as Plot from '@observablehq/plot';
import type { FigureDocument } from './options.js';

/** A row of a table of results: parameters, probe, and for each quantity Theory, Simulation and StandardError. */
export type SweepRow = Readonly<Record<string, number | string | null>>;

export interface SweepFigureSpec {
  /** The one or two parameters that vary. */
  readonly axes: readonly string[];
  /** Such as diffusion. */
  readonly quantity: string;
}

/**
 * Theory beside simulation over one swept parameter (curves and points with bars of one standard error, a colour for each
 * probe) or two (two heat maps on one colour scale). Returns the SVG as text. Scales are logarithmic where all values are
 * above zero and span a factor of 10 or more.
 */
export function sweepFigure(rows: readonly SweepRow[], spec: SweepFigureSpec, document: FigureDocument): string {
  const svg = (spec.axes.length === 1 ? curves(rows, spec, document) : heatMap(rows, spec, document)) as {
    readonly outerHTML: string;
    setAttribute(name: string, value: string): void;
  };
  // In a page the name space goes without saying, in a file it does not.
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  return svg.outerHTML;
}

const common = { width: 640, height: 400, marginLeft: 64, marginBottom: 44, marginTop: 28 };
const style = { fontSize: '12px', background: 'white' };
const decimal = (value: number): string => String(Number(value.toPrecision(3)));

function curves(
  rows: readonly SweepRow[],
  { axes: [x], quantity }: SweepFigureSpec,
  document: FigureDocument,
): unknown {
  const number = (name: string) => (row: SweepRow) => Number(row[name]);
  const [theory, simulation] = [number(`${quantity}Theory`), number(`${quantity}Simulation`)];
  const error = number(`${quantity}StandardError`);
  const ends = rows.flatMap((row) => [theory(row), simulation(row) - error(row), simulation(row) + error(row)]);
  const probe = (row: SweepRow): string => `probe ${row.probe}`;
  return Plot.plot({
    document,
    ...common,
    style,
    x: { ...scaleOf(rows.map(number(x))), label: x, labelAnchor: 'center' },
    y: { ...scaleOf(ends), label: `${quantity}: line theory, dots simulation`, grid: true },
    // The legend of Plot would be outside of the drawing.
    color: { type: 'categorical', domain: [...new Set(rows.map(probe))] },
    marks: [
      Plot.line(rows, { x: number(x), y: theory, stroke: probe, sort: number(x) }),
      Plot.ruleX(rows, {
        x: number(x),
        y1: (row: SweepRow) => simulation(row) - error(row),
        y2: (row: SweepRow) => simulation(row) + error(row),
        stroke: probe,
      }),
      Plot.dot(rows, { x: number(x), y: simulation, stroke: probe, r: 2.5, title: probe }),
      Plot.text(
        rows,
        Plot.selectLast({ x: number(x), y: theory, z: probe, text: probe, fill: probe, textAnchor: 'start', dx: 6 }),
      ),
    ],
    marginRight: 64,
  });
}

function heatMap(
  rows: readonly SweepRow[],
  { axes: [x, y], quantity }: SweepFigureSpec,
  document: FigureDocument,
): unknown {
  const cells = rows.flatMap((row) =>
    (['Theory', 'Simulation'] as const).map((what) => ({
      x: Number(row[x]),
      y: Number(row[y]),
      what: what.toLowerCase(),
      value: Number(row[`${quantity}${what}`]),
    })),
  );
  const ascending = (pick: (cell: { x: number; y: number }) => number): number[] =>
    [...new Set(cells.map(pick))].sort((a, b) => a - b);
  const values = cells.map(({ value }) => value);
  const { type } = scaleOf(values);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return Plot.plot({
    document,
    ...common,
    width: 820,
    style,
    x: {
      type: 'band',
      domain: ascending(({ x: value }) => value),
      label: x,
      labelAnchor: 'center',
      tickFormat: decimal,
    },
    y: { type: 'band', domain: ascending(({ y: value }) => value).reverse(), label: y, tickFormat: decimal },
    fx: {
      label: `${quantity}, ${decimal(low)} (dark) to ${decimal(high)} (light)${type === 'log' ? ', logarithmic' : ''}`,
      domain: ['theory', 'simulation'],
    },
    color: { type, scheme: 'viridis', domain: [low, high] },
    marks: [
      Plot.cell(cells, {
        x: 'x',
        y: 'y',
        fx: 'what',
        fill: 'value',
        inset: 0.5,
        title: ({ value }: (typeof cells)[number]) => decimal(value),
      }),
    ],
  });
}

function scaleOf(values: readonly number[]): {
  type: 'log' | 'linear';
  tickFormat: (value: number) => string;
  ticks: number;
} {
  const finite = values.filter((value) => Number.isFinite(value));
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  return { type: low > 0 && high / low >= 10 ? 'log' : 'linear', tickFormat: decimal, ticks: 6 };
}
