import type { FigureData } from '../../figure.js';
import type { Dots } from '../../panel/panel.js';
import type { RecordedValue } from './table.js';

/** The points of values that are there; one without an error has no bar. */
export const dotsOf = (
  values: readonly { readonly x: number; readonly of: RecordedValue }[],
): { x: number; y: number; se: number }[] =>
  values.flatMap(({ x, of: { value, se } }) =>
    value === null || !Number.isFinite(value) ? [] : [{ x, y: value, se: se !== null && Number.isFinite(se) ? se : 0 }],
  );

/** A line is broken where it has no value. */
export function unbroken<P extends { readonly y: number | null }>(
  points: readonly P[],
): (P & { readonly y: number })[][] {
  const parts: (P & { readonly y: number })[][] = [[]];
  for (const { y, ...point } of points) {
    if (y !== null && Number.isFinite(y)) parts[parts.length - 1].push({ ...point, y } as P & { readonly y: number });
    else if (parts[parts.length - 1].length > 0) parts.push([]);
  }
  return parts.filter(({ length }) => length > 0);
}

/** The end of the dots of a series that a name stands beside: its last one. */
export const namedAt = (
  text: string,
  points: Dots['points'],
): { readonly x: number; readonly y: number; readonly text: string }[] =>
  points.slice(-1).map(({ x, y }) => ({ x, y, text }));

/** `applies` of a figure that shows tables of a kind in which there is something to draw. */
export const isKindWith =
  <Table extends FigureData>(kind: Table['kind'], hasNumbers: (table: Table) => boolean) =>
  (table: FigureData): table is Table =>
    table.kind === kind && hasNumbers(table as Table);
