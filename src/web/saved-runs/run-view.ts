import type { ServedRun } from '#core';
import { shownQuantities } from '#experiment';
import { comparedHeads } from '../compared-heads.js';

/** A table with a row for each probe at each point, its cells formatted. */
export interface TableView {
  readonly kind: 'table';
  /** A description of the run, shown above the table. */
  readonly note: string;
  /** The experiment file in the directory. */
  readonly file: string | undefined;
  readonly heads: readonly string[];
  readonly rows: readonly TableRow[];
  readonly allRows: number;
  /** Where to find all rows if there are more. */
  readonly rest: string;
  readonly figures: readonly { readonly name: string; readonly svg: string }[];
}

export interface TableRow {
  /** From 0. */
  readonly point: number;
  readonly cells: readonly string[];
}

/** The claims of a reproduction. */
export interface ClaimsView {
  readonly kind: 'claims';
  readonly note: string;
  /** Title, verdict, and how many quantities agree, for each claim. */
  readonly claims: readonly (readonly string[])[];
  /** Name of a figure, without a suffix -> its title. */
  readonly titles: ReadonlyMap<string, string>;
}

export type RunView = TableView | ClaimsView;

/** The name under which a run is listed. */
export const nameOf = ({ path }: ServedRun): string => (path === '' ? 'this directory' : path);

/** The quantities that the table of a run shows. */
export const resultQuantities = shownQuantities('tables');
/** Columns after the parameters. */
export const resultHeads = ['probe', ...comparedHeads];
