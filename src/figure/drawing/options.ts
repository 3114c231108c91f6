/** The document that creates the elements, of a browser or of linkedom. */
export type FigureDocument = object;

export interface FigureOptions {
  /** Pixels, 96 to the inch: 720 for a page and for print, 340 for a phone. */
  readonly width: number;
  /** Pixels; as high as its panels are in their usual shape unless given. */
  readonly height?: number;
  /** Whether figures of theory and simulation have a panel of their ratio; they do unless it is false. */
  readonly ratio?: boolean;
  /** Accessible title of the SVG; not drawn. */
  readonly title: string;
  /** Whether panels have letters, for papers. */
  readonly letters?: boolean;
  /** Wrapped below the figure, inside the SVG, for single files. */
  readonly caption?: string;
}

/** Size of all text in px: legible in one column of a print, and on a phone. */
export const fontSize = ({ width }: FigureOptions): number => (width >= 600 ? 13 : 12);

/** The options with a sentence at the end of the caption, where there is one. */
export const withRemark = (options: FigureOptions, remark: string): FigureOptions =>
  options.caption === undefined ? options : { ...options, caption: `${options.caption}${remark}` };
