/** The document that creates the elements, of a browser or of linkedom. */
export type FigureDocument = object;

export interface FigureOptions {
  /** Pixels: 720 for a page and for print, 340 for a phone. */
  readonly width: number;
  /** Accessible title of the SVG; not drawn. */
  readonly title: string;
  /** Whether panels have letters, for papers. */
  readonly letters?: boolean;
  /** Wrapped below the figure, inside the SVG, for single files. */
  readonly caption?: string;
}

/** Size of all text in px: legible in one column of a print, and on a phone. */
export const fontSize = ({ width }: FigureOptions): number => (width >= 600 ? 13 : 12);
