// What `meander serve DIR` answers about the runs of its directory, as JSON: the server writes it, the page reads it.

/** A directory that `meander run --out`, `meander reproduce` or `meander sweep` wrote. */
export interface ServedRun {
  /** Path inside the served directory; empty for that itself. */
  readonly path: string;
  /** Whether it is a run directory of `meander sweep`, or one with a report.json. */
  readonly kind: 'sweep' | 'report';
  readonly files: readonly string[];
}

export interface ServedRuns {
  readonly runs: readonly ServedRun[];
  /** Whether every directory was looked at, down to the depth at which runs are looked for. */
  readonly whole: boolean;
}

/** A run directory of `meander sweep`. */
export interface ServedSweep {
  readonly name: string;
  /** The experiment file in the directory. */
  readonly file: string;
  readonly points: number;
  readonly finished: number;
  readonly swept: readonly string[];
  /** The first rows of the table, with the columns that the page shows. They come from a file and are not checked yet. */
  readonly rows: unknown;
  readonly allRows: number;
  readonly figures: readonly { readonly name: string; readonly svg: string }[];
  /** Why there are no rows; null where there are. */
  readonly missing: string | null;
}

/** The data files that an experiment file names. */
export interface ServedData {
  /** Those that are there, as paths from the directory of the experiment file. */
  readonly data: readonly string[];
  /** Those that are not, as they are named. */
  readonly missing: readonly string[];
}

/** Rows of a table that the page shows; more are for `meander show`. */
export const MAX_SERVED_ROWS = 500;
