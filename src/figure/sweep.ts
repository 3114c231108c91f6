import { columnNames } from '#core';
import { comparisonFigure } from './comparison.js';
import type { FigureDocument, FigureOptions } from './options.js';
import type { Curve, Panel } from './panel.js';
import { domainOf, type Axis } from './ticks.js';

/** A row of a table of results: parameters, probe, and for each quantity Theory, Simulation, SimulationStandardError, Ratio and so on. */
export type SweepRow = Readonly<Record<string, number | string | null>>;

/** A column of the table, and how an axis calls it. */
export interface SweepAxis {
  readonly name: string;
  /** With unit. */
  readonly label: string;
}

/** A swept parameter. */
export interface SweptAxis extends SweepAxis {
  /** All values that it takes, also those of which there is no row yet. */
  readonly values: readonly number[];
}

export interface SweepCurvesOptions extends FigureOptions {
  /**
   * Theory close enough for a line (`sweepGrid`): rows with the parameter, the probe and the Theory of the quantity, null
   * where it makes no prediction. Without it the theory is drawn at the swept values only, as rings.
   */
  readonly theory?: readonly SweepRow[] | undefined;
  /** What the legend calls the rows of a probe; its number unless given. */
  readonly nameOf?: (probe: number) => string;
}

/** As many swept values get labels of their own; more have round numbers on their axis. */
const MAX_LABELLED = 8;
/** Points of a line of the theory. */
const FINE = 100;
/** How far apart points of two probes at one value are drawn: a fraction of the axis, and at most of the way to the next value. */
const SHIFT = 0.024;
const MAX_SHIFT = 0.8;
/** What all points of one value may take of the axis, which is a little longer than its values to both sides. */
const MARGIN = 0.1;

/** Logarithmic where all values are above 0 and span a factor of 4. */
const parameterScale = (values: readonly number[]): Axis['scale'] => scaleOf(values, 4);

/** The swept values and others between them, so many that a line through them is smooth on its axis in `sweepCurves`. */
export function sweepGrid(values: readonly number[]): number[] {
  const isLog = parameterScale(values) === 'log';
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const between = Array.from({ length: FINE }, (_, k) => {
    const t = k / (FINE - 1);
    return isLog ? low * (high / low) ** t : low + t * (high - low);
  });
  return [...new Set([...values, ...between.slice(1, -1)])].sort((a, b) => a - b);
}

/**
 * A quantity over one swept parameter: theory as lines, simulation as points, a series for each probe; beside it the ratio
 * of the two, the points of one value side by side. Axes are logarithmic where all values are above 0 and span a factor of 4
 * (x) or 10 (y); on a logarithmic one a line ends where the theory is 0. Returns the SVG as text. Throws TypeError for
 * numbers that are not finite.
 */
export function sweepCurves(
  rows: readonly SweepRow[],
  parameter: SweptAxis,
  quantity: SweepAxis,
  document: FigureDocument,
  { theory, nameOf = (probe) => `probe ${probe}`, ...options }: SweepCurvesOptions,
): string {
  const ordered = [...rows].sort((a, b) => Number(a[parameter.name]) - Number(b[parameter.name]));
  const probes = [...new Set(ordered.map(({ probe }) => Number(probe)))].sort((a, b) => a - b);
  const number = (row: SweepRow, column: string): number => Number(row[column]);
  const columns = columnNames(quantity.name);
  const scale = parameterScale(parameter.values);
  const x: Axis = {
    label: parameter.label,
    scale,
    domain: domainOf(scale, parameter.values),
    ...(parameter.values.length <= MAX_LABELLED ? { values: parameter.values } : {}),
  };
  const yScale = scaleOf(
    ordered.map((row) => number(row, columns.theory)),
    10,
  );
  const beside = sideBySide(parameter.values, scale, probes.length);
  // A point must not leave its line; rings go with their points.
  const place = (row: SweepRow, k: number): number =>
    theory ? number(row, parameter.name) : beside(number(row, parameter.name), k);
  const curves = (probe: number, k: number): Curve[] => {
    const points = (theory ?? ordered)
      .filter((row) => row.probe === probe)
      .map((row) => ({ x: place(row, k), y: row[columns.theory] }));
    return unbroken(points, yScale === 'log').map((part) => ({
      series: nameOf(probe),
      points: part,
      open: theory === undefined,
    }));
  };
  const values: Panel = {
    x,
    y: { label: quantity.label, scale: yScale },
    theory: probes.flatMap(curves),
    simulation: probes.map((probe, k) => ({
      series: nameOf(probe),
      points: ordered
        .filter((row) => row.probe === probe)
        .map((row) => ({
          x: place(row, k),
          y: number(row, columns.simulation),
          se: number(row, columns.simulationError),
        })),
    })),
  };
  // Where the theory says 0 there is no ratio.
  const compared = ordered.filter((row) => row[columns.ratio] !== null);
  const ratios: Panel = {
    x,
    y: { label: 'simulation / theory', scale: 'linear' },
    reference: 1,
    referenceText: 'simulation = theory',
    theory: [],
    simulation: probes.map((probe, k) => ({
      series: nameOf(probe),
      points: compared
        .filter((row) => row.probe === probe)
        .map((row) => ({
          x: beside(number(row, parameter.name), k),
          y: number(row, columns.ratio),
          se: number(row, columns.ratioError),
        })),
    })),
  };
  return comparisonFigure(compared.length > 0 ? [values, ratios] : [values], document, options);
}

/** The parts of a line between places where there is nothing to draw. */
function unbroken(
  points: readonly { readonly x: number; readonly y: SweepRow[string] }[],
  isLog: boolean,
): { x: number; y: number }[][] {
  const parts: { x: number; y: number }[][] = [[]];
  for (const { x, y } of points) {
    if (y === null || (isLog && !(Number(y) > 0))) parts.push([]);
    else parts[parts.length - 1].push({ x, y: Number(y) });
  }
  return parts.filter(({ length }) => length > 0);
}

/** Where on the axis the point of series k of `count` at a value is drawn. */
function sideBySide(
  values: readonly number[],
  scale: Axis['scale'],
  count: number,
): (value: number, k: number) => number {
  const [forward, backward] = scale === 'log' ? [Math.log, Math.exp] : [Number, Number];
  const places = values.map(forward);
  const span = Math.max(...places) - Math.min(...places);
  return (value, k) => {
    const place = forward(value);
    const gap = Math.min(...places.map((other) => Math.abs(other - place)).filter((distance) => distance > 0));
    const moved = (k - (count - 1) / 2) * Math.min(SHIFT * span, (MAX_SHIFT * gap) / count, (MARGIN * span) / count);
    // A series that is not moved keeps its value to the last bit.
    return moved === 0 ? value : backward(place + moved);
  };
}

export function scaleOf(values: readonly number[], factor: number): Axis['scale'] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low > 0 && high / low >= factor ? 'log' : 'linear';
}
