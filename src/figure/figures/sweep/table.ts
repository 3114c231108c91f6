import type { Axis } from '../../drawing/axis.js';
import type { FigureData } from '../../figure.js';

/**
 * A row of a table of results: parameters, probe, and for each quantity Theory, Simulation, SimulationStandardError,
 * Ratio and so on.
 */
export type SweepRow = Readonly<Record<string, number | string | null>>;

/** A column of the table, and the label of its axis. */
export interface SweepAxis {
  readonly name: string;
  /** With unit. */
  readonly label: string;
}

/** A swept parameter. */
export interface SweptAxis extends SweepAxis {
  /** All its values, also those without a row yet. */
  readonly values: readonly number[];
}

/** A quantity of a sweep: the rows of the probes that are to be shown. */
export interface SweepTable extends FigureData {
  readonly kind: 'sweep';
  readonly rows: readonly SweepRow[];
  /** The parameters that vary. */
  readonly axes: readonly SweptAxis[];
  readonly quantity: SweepAxis;
  /**
   * Theory dense enough for a line (`sweepGrid`): rows with the parameter, the probe and the Theory of the quantity,
   * null where it makes no prediction. Without it the theory is drawn as rings, at the swept values only.
   */
  readonly theory?: readonly SweepRow[] | undefined;
  /** Scales that are asked for; those that suit the values unless given. */
  readonly scales?: { readonly x?: Axis['scale'] | undefined; readonly y?: Axis['scale'] | undefined } | undefined;
  /** Text of the legend for the rows of a probe; its number unless given. */
  readonly nameOf?: ((probe: number) => string) | undefined;
}

export const isSweep = (table: FigureData): table is SweepTable => table.kind === 'sweep';

/** Numbers of the probes of a sweep, ascending. */
export const probesOf = ({ rows }: SweepTable): number[] =>
  [...new Set(rows.map(({ probe }) => Number(probe)))].sort((a, b) => a - b);
