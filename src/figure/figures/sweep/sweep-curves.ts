import { columnNames } from '#core';
import { domainOf, type Axis } from '../../drawing/axis.js';
import type { FigureDocument, FigureOptions } from '../../drawing/options.js';
import { MAX_SERIES } from '../../drawing/palette.js';
import { sideBySide } from '../../drawing/side-by-side.js';
import { defineFigure } from '../../figure.js';
import { equalityLine, type Curve, type Panel } from '../../panel/panel.js';
import { drawComparison } from '../comparison.js';
import { parameterScale, scaleOf } from './scales.js';
import { isSweep, probesOf, type SweepRow, type SweepTable } from './table.js';

export const sweepCurves = defineFigure<SweepTable>({
  name: 'curves',
  applies: (table): table is SweepTable =>
    isSweep(table) && table.axes.length === 1 && probesOf(table).length <= MAX_SERIES,
  draw: drawCurves,
});

/** Number of swept values up to which each has a label; an axis of more has round numbers. */
const MAX_LABELLED = 8;

/**
 * A quantity over one swept parameter: theory as lines, simulation as points, a series for each probe; beside it the
 * ratio of the two, with the points of each value side by side. Axes are logarithmic if all values are above 0 and span
 * a factor of 4 (x) or 10 (y); a line has a gap where the theory is 0 on a logarithmic axis. Returns the SVG as text.
 * Throws TypeError for numbers that are not finite.
 */
function drawCurves(table: SweepTable, document: FigureDocument, options: FigureOptions): string {
  const {
    rows,
    axes: [parameter],
    quantity,
    theory,
    nameOf = (probe) => `probe ${probe}`,
  } = table;
  const ordered = [...rows].sort((a, b) => Number(a[parameter.name]) - Number(b[parameter.name]));
  const probes = probesOf(table);
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
  // Points stay on their line; rings are moved with their points.
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
  // There is no ratio if the theory is 0.
  const compared = ordered.filter((row) => row[columns.ratio] !== null);
  const ratios: Panel = {
    x,
    y: { label: 'simulation / theory', scale: 'linear' },
    referenceLine: equalityLine,
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
  return drawComparison(compared.length > 0 ? [values, ratios] : [values], document, options);
}

/** The parts of a line between points that cannot be drawn. */
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
