import type { FigureDocument, FigureOptions } from './drawing/options.js';

/** Formats in which every figure is written: for pages and editing, for slides, for papers. */
export const figureFormats = ['svg', 'png', 'pdf'] as const;

/** What a figure is drawn from, as plain data; `kind` says what it contains. */
export interface FigureData {
  readonly kind: string;
}

/** One way to draw a table. */
export interface Figure<Table extends FigureData = FigureData> {
  /** Name in file names and messages. */
  readonly name: string;
  /** Whether it can show a table. */
  readonly applies: (table: FigureData) => table is Table;
  /** The SVG as text. Throws TypeError for a table that it does not apply to, and for numbers that cannot be drawn. */
  readonly draw: (table: FigureData, document: FigureDocument, options: FigureOptions) => string;
}

/** A figure for the list in registry.ts, from a drawing function that knows only its own tables. */
export function defineFigure<Table extends FigureData>({
  name,
  applies,
  draw,
}: Pick<Figure<Table>, 'name' | 'applies'> & {
  readonly draw: (table: Table, document: FigureDocument, options: FigureOptions) => string;
}): Figure<Table> {
  return {
    name,
    applies,
    draw(table, document, options) {
      if (!applies(table)) throw new TypeError(`the figure ${name} does not apply to this table of kind ${table.kind}`);
      return draw(table, document, options);
    },
  };
}

/** `applies` of a figure that can show every table of a kind. */
export const isKind =
  <Table extends FigureData>(kind: Table['kind']) =>
  (table: FigureData): table is Table =>
    table.kind === kind;
