import { InvalidInputError } from '#core';
import { format, formatEstimate } from '../format.js';

/** A run directory, as the server lists it. */
export interface Run {
  /** Path inside the served directory; empty for that itself. */
  readonly path: string;
  readonly kind: 'sweep' | 'report';
  readonly files: readonly string[];
}

/** A row for each probe at each point, every cell as it is shown. */
export interface ShownTable {
  readonly kind: 'table';
  /** What is said of the run above the table. */
  readonly note: string;
  /** The experiment file in the directory. */
  readonly file: string | undefined;
  readonly heads: readonly string[];
  readonly rows: readonly ShownRow[];
  readonly allRows: number;
  /** Where all rows are, when those are not. */
  readonly rest: string;
  readonly figures: readonly { readonly name: string; readonly svg: string }[];
}

export interface ShownRow {
  /** From 0. */
  readonly point: number;
  readonly cells: readonly string[];
}

/** The claims of a reproduction. */
export interface ShownClaims {
  readonly kind: 'claims';
  readonly note: string;
  /** Title, verdict and how many quantities agree. */
  readonly claims: readonly (readonly string[])[];
  /** Name of a figure, without a suffix -> what it shows. */
  readonly titles: ReadonlyMap<string, string>;
}

export type RunView = ShownTable | ShownClaims;

/** How a run is called. */
export const nameOf = ({ path }: Run): string => (path === '' ? 'this directory' : path);

/** Rows of a table that the page shows. */
export const MAX_ROWS = 500;
/** Columns after the parameters. */
export const resultHeads = ['stimulus', 'F theory', 'F simulation', 'D theory', 'D simulation'];
/** What is missing. */
const NONE = '…';

export const own = (node: unknown, key: string): unknown =>
  typeof node === 'object' && node !== null && Object.hasOwn(node, key)
    ? (node as Record<string, unknown>)[key]
    : undefined;

/** A list. Throws InvalidInputError for anything else; `where` names it. */
export function listOf(found: unknown, where: string): readonly unknown[] {
  if (Array.isArray(found)) return found as unknown[];
  throw new InvalidInputError(`${where}: is no list, expected the results of a run`);
}

/** A number as it is shown, or what stands for one that is missing. Throws InvalidInputError for anything else. */
export function numberCell(found: unknown, where: string): string {
  const value = numberOrNone(found, where);
  return value === null ? NONE : format(value);
}

/** The same for a measured number with its standard error. */
export function estimateCell(found: unknown, error: unknown, where: string): string {
  const [value, se] = [numberOrNone(found, where), numberOrNone(error, `${where}, standard error`)];
  return value === null || se === null ? NONE : formatEstimate({ value, se });
}

/** The value of a parameter as it is shown. */
export function parameterCell(value: unknown): string {
  if (value === undefined || value === null) return NONE;
  if (typeof value === 'number') return format(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The number of a point, from 0. Throws InvalidInputError for anything else. */
export function pointNumber(found: unknown, where: string): number {
  if (typeof found === 'number' && Number.isInteger(found) && found >= 0) return found;
  throw new InvalidInputError(`${where}: found ${JSON.stringify(found)}, expected the number of a point, from 0`);
}

function numberOrNone(found: unknown, where: string): number | null {
  if (found === undefined || found === null) return null;
  if (typeof found === 'number' && Number.isFinite(found)) return found;
  throw new InvalidInputError(`${where}: found ${JSON.stringify(found)}, expected a number`);
}
