import type { Measured } from '#analyse';
import { errorColumnOf } from '#core';

export type Cell = number | string | null;

export interface Column<Item> {
  readonly name: string;
  /** What the reference of the output says of it. */
  readonly description: string;
  /** Whether its numbers are whole. */
  readonly isInteger?: boolean;
  /** The column of which it is the standard error or an end of the interval. */
  readonly partOf?: string;
  readonly value: (item: Item) => Cell;
}

/** A measured number: its value, standard error, and both ends of its 95% interval. */
export const measuredColumns = <Item>(
  name: string,
  description: string,
  of: (item: Item) => Measured,
): Column<Item>[] => [
  { name, description, value: (item) => of(item).value },
  { name: errorColumnOf(name), partOf: name, description: 'its standard error', value: (item) => of(item).se },
  {
    name: `${name}Lower95`,
    partOf: name,
    description: 'lower end of its 95% interval',
    value: (item) => of(item).interval95?.[0] ?? null,
  },
  {
    name: `${name}Upper95`,
    partOf: name,
    description: 'upper end of its 95% interval',
    value: (item) => of(item).interval95?.[1] ?? null,
  },
];

/** A table of an analysis, made from one list of columns. */
export interface ReportTable {
  /** Name of its files. */
  readonly name: string;
  /** What a row is. */
  readonly description: string;
  readonly columns: readonly Pick<Column<never>, 'name' | 'description' | 'isInteger' | 'partOf'>[];
}

/** The rows of items: every row has every column. */
export const rowsOf = <Item>(items: readonly Item[], columns: readonly Column<Item>[]): Record<string, Cell>[] =>
  items.map((item) => Object.fromEntries(columns.map(({ name, value }) => [name, finite(value(item))])));

/** An end of an interval may not be bounded; no table has a number for that. */
const finite = (cell: Cell): Cell => (typeof cell === 'number' && !Number.isFinite(cell) ? null : cell);
