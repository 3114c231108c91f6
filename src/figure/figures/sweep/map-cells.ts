import { columnNames } from '#core';
import { assertFinite } from '../../drawing/check.js';
import type { SweepAxis, SweepRow, SweptAxis } from './table.js';

/** Distance of a ratio from 1, in standard errors, from which its cell is marked. */
export const MARK_ERRORS = 3;

/** A cell of a map; `fill` is null if a colour would say nothing. */
export interface Cell {
  readonly x: number;
  readonly y: number;
  readonly fill: number | null;
  readonly text?: string;
  /** Whether the text is on a dark fill. */
  readonly isOnDark?: boolean;
  readonly isMarked?: boolean;
}

/** A row of the table as numbers. */
export interface Result {
  readonly x: number;
  readonly y: number;
  readonly theory: number;
  readonly simulation: number;
  readonly se: number;
  /** NaN if the theory is 0. */
  readonly ratio: number;
  readonly ratioError: number;
}

export function resultOf(row: SweepRow, [first, second]: readonly [SweptAxis, SweptAxis], { name }: SweepAxis): Result {
  const columns = columnNames(name);
  const [x, y, theory, simulation, se] = [
    first.name,
    second.name,
    columns.theory,
    columns.simulation,
    columns.simulationError,
  ].map((column) => Number(row[column]));
  assertFinite(name, [x, y, theory, simulation, se]);
  const quotient = row[columns.ratio];
  if (theory === 0 || quotient === null) return { x, y, theory: 0, simulation, se, ratio: NaN, ratioError: 0 };
  const [ratio, ratioError] = [Number(quotient), Number(row[columns.ratioError])];
  assertFinite(`${name}, simulation / theory`, [ratio, ratioError]);
  return { x, y, theory, simulation, se, ratio, ratioError };
}

/** The simulation in units of its standard error. */
export const inErrors = ({ simulation, se }: Result): number => (se > 0 ? simulation / se : 0);

export const theoryCell = ({ x, y, theory }: Result): Cell =>
  theory === 0 ? { x, y, fill: null, text: '0' } : { x, y, fill: theory };

/** The simulation as a colour; where logarithmic colours begin at `lowest`, what has none is as dark and said to be so. */
export function simulationCell(result: Result, lowest?: number): Cell {
  const { x, y, theory, simulation } = result;
  if (theory === 0) return errorsCell(result);
  if (lowest === undefined || simulation > 0) return { x, y, fill: simulation };
  return { x, y, fill: lowest, text: '≤ 0', isOnDark: true };
}

/**
 * The simulation in units of its standard error: as a colour, dark at the low end, if `max` is given; else as text
 * only.
 */
export function errorsCell(result: Result, max?: number): Cell {
  const { x, y } = result;
  const value = inErrors(result);
  const text = value.toFixed(1).replace('-', '−');
  if (max === undefined) return { x, y, fill: null, text };
  return { x, y, fill: value, text, isOnDark: value < 0.55 * max };
}

export function ratioCell({ x, y, ratio, ratioError }: Result, limit: number): Cell {
  return {
    x,
    y,
    fill: ratio,
    text: (Math.abs(ratio) < 10 ? ratio.toFixed(2) : String(Number(ratio.toPrecision(2)))).replace('-', '−'),
    isOnDark: Math.abs(ratio - 1) > 0.65 * limit,
    isMarked: Math.abs(ratio - 1) > MARK_ERRORS * ratioError,
  };
}
