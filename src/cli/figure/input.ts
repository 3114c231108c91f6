import type { FigureOptions } from '#figure';

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
  readonly noRatio?: boolean;
  /** Pixels, 96 to the inch. */
  readonly width?: number;
  readonly height?: number;
  /** Where the figure is written, with the end of a format or without. */
  readonly to?: string;
}

export const figureInputs = [
  'quantity',
  'probe',
  'xLabel',
  'yLabel',
  'log',
  'letters',
  'noCaption',
  'noRatio',
  'width',
  'height',
  'to',
] as const;

/** Pixels of a figure on a page. */
const USUAL_WIDTH = 720;

/** What the options say of the drawing itself. */
export const drawingOptions = ({
  width,
  height,
  letters,
  noRatio,
}: Omit<FigureInput, 'probe'>): Omit<FigureOptions, 'title'> => ({
  width: width ?? USUAL_WIDTH,
  ...(height === undefined ? {} : { height }),
  letters: letters ?? false,
  ratio: !noRatio,
});
