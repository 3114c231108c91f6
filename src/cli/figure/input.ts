/** What may be said of a figure of a run, by the keys of its options. */
export interface FigureInput {
  readonly quantity?: string | undefined;
  /** Numbers from 1, ranges and labels of the probes, separated by commas. */
  readonly probe?: string;
  readonly xLabel?: string;
  readonly yLabel?: string;
  readonly log?: 'x' | 'y' | 'xy' | 'none';
  readonly letters?: boolean;
  readonly noCaption?: boolean;
}

export const figureInputs = ['quantity', 'probe', 'xLabel', 'yLabel', 'log', 'letters', 'noCaption'] as const;
