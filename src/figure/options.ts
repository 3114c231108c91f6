/** A document to draw into, of a browser or of linkedom. */
export type FigureDocument = object;

export interface FigureOptions {
  /** Pixels: 720 for a page and for print, 340 for a phone. */
  readonly width: number;
  /** Accessible title of the SVG; not drawn. */
  readonly title: string;
  /** Wrapped below the figure inside the SVG, for files that stand alone. */
  readonly caption?: string;
}

/** Size of all text in px: legible in print at one column, and on a phone. */
export const fontSize = ({ width }: FigureOptions): number => (width >= 600 ? 13 : 12);
