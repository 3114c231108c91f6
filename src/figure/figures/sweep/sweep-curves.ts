import { columnNames } from '#core';
import { withRemark, type FigureDocument, type FigureOptions } from '../../drawing/options.js';
import { MAX_SERIES } from '../../drawing/palette.js';
import { sideBySide } from '../../drawing/side-by-side.js';
import { placeOf } from '../../drawing/zero.js';
import { defineFigure } from '../../figure.js';
import { equalityLine, type Curve, type Panel } from '../../panel/panel.js';
import { drawComparison } from '../comparison.js';
import { breakNote, parameterAxis, quantityAxis } from './axes.js';
import { isSweep, probesOf, type SweepRow, type SweepTable } from './table.js';

export const sweepCurves = defineFigure<SweepTable>({
  name: 'curves',
  applies: (table): table is SweepTable =>
    isSweep(table) && table.axes.length === 1 && probesOf(table).length <= MAX_SERIES,
  draw: drawCurves,
});

/**
 * A quantity over one swept parameter: theory as lines, simulation as points, a series for each probe; beside it the
 * ratio of the two, with the points of each value side by side. Axes are logarithmic if all values are above 0 and span
 * a factor of 4 (x) or 10 (y), or where that is asked for; 0 is then at the end of the axis, behind a break. Returns the
 * SVG as text. Throws TypeError for numbers that are not finite.
 */
function drawCurves(table: SweepTable, document: FigureDocument, options: FigureOptions): string {
  const {
    rows,
    axes: [parameter],
    theory,
    nameOf = (probe) => `probe ${probe}`,
  } = table;
  const ordered = [...rows].sort((a, b) => Number(a[parameter.name]) - Number(b[parameter.name]));
  const probes = probesOf(table);
  const number = (row: SweepRow, column: string): number => Number(row[column]);
  const columns = columnNames(table.quantity.name);
  const x = parameterAxis(parameter, table.scales);
  const y = quantityAxis(table);
  const at = (row: SweepRow): number => placeOf(x, number(row, parameter.name));
  const beside = sideBySide(
    parameter.values.map((value) => placeOf(x, value)),
    x.scale,
    probes.length,
  );
  // Points stay on their line; rings are moved with their points.
  const place = (row: SweepRow, k: number): number => (theory ? at(row) : beside(at(row), k));
  const predicted = (row: SweepRow): SweepRow[string] => {
    const value = row[columns.theory];
    return value === null ? null : placeOf(y, Number(value));
  };
  const curves = (probe: number, k: number): Curve[] => {
    const points = (theory ?? ordered)
      .filter((row) => row.probe === probe)
      .map((row) => ({ x: place(row, k), y: predicted(row) }));
    // No line crosses the break of an axis: what is 0 has rings.
    const isZero = (point: { readonly x: number; readonly y: SweepRow[string] }): boolean =>
      point.x === x.zero?.at || point.y === y.zero?.at;
    const rings = points.flatMap((point) =>
      isZero(point) && point.y !== null ? [{ x: point.x, y: Number(point.y) }] : [],
    );
    const series = nameOf(probe);
    const lines = unbroken(
      points.map((point) => (isZero(point) ? { ...point, y: null } : point)),
      y.scale === 'log',
    );
    return [
      ...lines.map((part) => ({ series, points: part, open: theory === undefined })),
      ...(rings.length > 0 ? [{ series, points: rings, open: true }] : []),
    ];
  };
  const values: Panel = {
    x,
    y,
    theory: probes.flatMap(curves),
    simulation: probes.map((probe, k) => ({
      series: nameOf(probe),
      points: ordered
        .filter((row) => row.probe === probe)
        .map((row) => ({
          x: place(row, k),
          y: placeOf(y, number(row, columns.simulation)),
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
          x: beside(at(row), k),
          y: number(row, columns.ratio),
          se: number(row, columns.ratioError),
        })),
    })),
  };
  const isCompared = compared.length > 0 && options.ratio !== false;
  return drawComparison(isCompared ? [values, ratios] : [values], document, withRemark(options, breakNote(x, y)));
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
