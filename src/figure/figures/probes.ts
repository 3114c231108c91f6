import { columnNames } from '#core';
import { domainOf, type Axis } from '../drawing/axis.js';
import { withRemark, type FigureDocument, type FigureOptions } from '../drawing/options.js';
import { sideBySide } from '../drawing/side-by-side.js';
import { placeOf } from '../drawing/zero.js';
import { defineFigure, isKind, type FigureData } from '../figure.js';
import { equalityLine, type Panel } from '../panel/panel.js';
import { drawComparison } from './comparison.js';
import { breakNote, quantityAxis } from './sweep/axes.js';
import { scaleOf } from './sweep/scales.js';
import type { SweepAxis, SweepRow, SweepTable } from './sweep/table.js';

/** Quantities of the probes of one point. */
export interface ProbesTable extends FigureData {
  readonly kind: 'probes';
  /** One row for each probe. */
  readonly rows: readonly SweepRow[];
  /** A panel for each; `symbol` is what the legend of the ratios calls it. */
  readonly quantities: readonly (SweepAxis & { readonly symbol: string })[];
  /** Label of the x axis; `probe` unless given. */
  readonly xLabel?: string;
  /** The scale of the quantities that is asked for; that which suits their values unless given. */
  readonly scales?: Pick<NonNullable<SweepTable['scales']>, 'y'> | undefined;
}

export const probes = defineFigure<ProbesTable>({
  name: 'probes',
  applies: isKind('probes'),
  draw: drawProbes,
});

/** Number of probes up to which each has a label; an axis of more has round numbers. */
const MAX_LABELLED = 24;

/**
 * Quantities of every probe of one point: theory as rings, simulation as points with their standard errors, a panel for each
 * quantity; and the ratios of the two in one more. An axis is logarithmic if all its values are above 0 and span a factor of
 * 10, or where that is asked for; 0 is then at its lower end, below a break. A probe without a number has no mark. Returns the SVG as text. Throws TypeError for numbers that are not finite.
 */
function drawProbes(table: ProbesTable, document: FigureDocument, options: FigureOptions): string {
  const { rows, quantities, xLabel = 'probe', scales } = table;
  const numbers = rows.map(({ probe }) => Number(probe));
  const x: Axis = {
    label: xLabel,
    scale: 'linear',
    domain: numbers.length > 1 ? domainOf('linear', numbers) : [numbers[0] - 1, numbers[0] + 1],
    ...(numbers.length <= MAX_LABELLED ? { values: numbers } : {}),
  };
  const values = quantities.map((quantity): Panel => {
    const columns = columnNames(quantity.name);
    const theory = pointsOf(rows, columns.theory);
    const simulation = pointsOf(rows, columns.simulation, columns.simulationError);
    const scale = scaleOf(
      [...theory, ...simulation].map(({ y }) => y),
      10,
    );
    const y = quantityAxis({ rows, quantity, scales: { y: scales?.y ?? scale } });
    const placed = <P extends { readonly y: number }>(point: P): P => ({ ...point, y: placeOf(y, point.y) });
    return {
      x,
      y,
      theory: [{ series: 'theory', points: theory.map(placed), open: true }],
      simulation: [{ series: 'simulation', points: simulation.map(placed) }],
    };
  });
  const compared = quantities.filter(({ name }) => rows.some((row) => row[columnNames(name).ratio] !== null));
  const beside = sideBySide(numbers, 'linear', compared.length);
  const ratios: Panel = {
    x,
    y: { label: 'simulation / theory', scale: 'linear' },
    referenceLine: equalityLine,
    theory: [],
    simulation: compared.map(({ name, symbol }, k) => {
      const { ratio, ratioError } = columnNames(name);
      const points = pointsOf(rows, ratio, ratioError).map((point) => ({ ...point, x: beside(point.x, k) }));
      return { series: compared.length === 1 ? 'simulation' : symbol, points };
    }),
  };
  const isCompared = compared.length > 0 && options.ratio !== false;
  const broken = values.find((panel) => panel.y.zero);
  return drawComparison(
    isCompared ? [...values, ratios] : values,
    document,
    broken ? withRemark(options, breakNote(x, broken.y)) : options,
  );
}

/** The cells of a column over the numbers of the probes, with the standard errors of another. */
const pointsOf = (rows: readonly SweepRow[], column: string, errors?: string): { x: number; y: number; se: number }[] =>
  rows.flatMap((row) => {
    const y = row[column];
    return y === null
      ? []
      : [{ x: Number(row.probe), y: Number(y), se: errors === undefined ? 0 : Number(row[errors]) }];
  });
