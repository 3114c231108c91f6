import { InvalidInputError } from '#core';

/** A row of the table of a sweep: the point (from 0), the probe (from 1), swept parameters, theory and simulation. */
export type SweepRow = Readonly<Record<string, number | string | null>>;

/** What the server tells of a run directory of `meander sweep`. */
export interface ShownSweep {
  readonly name: string;
  readonly file: string;
  readonly points: number;
  readonly finished: number;
  readonly swept: readonly string[];
  readonly rows: readonly SweepRow[];
  readonly allRows: number;
  readonly figures: readonly { readonly name: string; readonly svg: string }[];
  readonly missing: string | null;
}

/** The experiment file of a run with a report.json: what else lies there are results and tables. */
export function experimentFileOf(files: readonly string[]): string | undefined {
  return files.find((file) => /\.(ya?ml|json)$/i.test(file) && !/^(report|manifest)\.json$/.test(file));
}

/** Data files that an experiment in the run may name. */
export const dataFilesOf = (files: readonly string[]): string[] =>
  files.filter((file) => /^[^/]+\.(npy|csv)$/i.test(file) && !/^(probes|weights-|trajectory-)/.test(file));

/** A number of a row. Throws InvalidInputError where the server sent something else. */
export function cellOf(row: SweepRow, name: string): number {
  const cell = row[name];
  if (typeof cell === 'number') return cell;
  throw new InvalidInputError(`the table of the run has no number in ${name}`);
}
