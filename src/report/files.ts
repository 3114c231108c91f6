import type { AnalysisReport } from '#analyse';
import { drawFigure, pageWidths, type Drawing, type FigureDocument } from '#figure';
import type { unparse } from 'papaparse';
import type { ReportFigure } from './figures.js';
import { methodsText, type AnalysisOrigin } from './methods.js';
import { analysisPage } from './page.js';
import { bibliography } from './references.js';
import { analysisTables, type AnalysisTable } from './tables/tables.js';

/** An analysis that is written. */
export interface AnalysisOutput {
  readonly report: AnalysisReport;
  readonly origin: AnalysisOrigin;
  /** The shapes of the recordings as they were read, and what was declared. */
  readonly inputs: readonly string[];
}

/** A figure of an analysis at both widths of a page, and as a file of its own, with the caption in it. */
export interface DrawnFigure extends ReportFigure {
  readonly drawing: Drawing;
  readonly svg: string;
}

/** Draws a figure of an analysis with the elements that a document makes. */
export function drawReportFigure(figure: ReportFigure, document: FigureDocument): DrawnFigure {
  const { title, caption, table } = figure;
  const draw = (width: number, more = {}): string => drawFigure(table, document, { width, title, ...more });
  return {
    ...figure,
    drawing: { wide: draw(pageWidths.wide), narrow: draw(pageWidths.narrow) },
    svg: draw(pageWidths.wide, { caption }),
  };
}

/** The files of an analysis that are text, by their paths: every number, tables, figures, the methods, what they cite, and a page. */
export async function analysisTexts(
  { report, origin, inputs }: AnalysisOutput,
  figures: readonly DrawnFigure[],
): Promise<Readonly<Record<string, string>>> {
  const { default: Papa } = await import('papaparse');
  const drawings = new Map(figures.map(({ name, drawing }) => [name, drawing]));
  return {
    'report.html': analysisPage({ report, origin, inputs, figures, drawings }),
    'report.json': `${JSON.stringify(report, null, 1)}\n`,
    'methods.txt': methodsText(report, origin),
    'references.bib': bibliography(report),
    ...Object.fromEntries(
      analysisTables.map((table) => [`tables/${table.name}.csv`, csvOf(table, report, Papa.unparse)]),
    ),
    ...Object.fromEntries(figures.map(({ name, svg }) => [`figures/${name}.svg`, `${svg}\n`])),
  };
}

/** What Node and a page do by different libraries. */
interface FileMakers {
  readonly png: (svg: string) => Uint8Array;
  readonly pdf: (svg: string, title: string) => Uint8Array;
  readonly parquet: (columns: AnalysisTable['columns'], rows: ReturnType<AnalysisTable['rows']>) => Uint8Array;
}

/** All files of an analysis but their checksums, by path, made one after the other. */
export async function* analysisFiles(
  output: AnalysisOutput,
  figures: readonly DrawnFigure[],
  makers: FileMakers,
): AsyncGenerator<readonly [path: string, contents: string | Uint8Array]> {
  for (const { name, svg, title } of figures) {
    yield [`figures/${name}.png`, makers.png(svg)];
    yield [`figures/${name}.pdf`, makers.pdf(svg, title)];
  }
  for (const { name, columns, rows } of analysisTables) {
    yield [`tables/${name}.parquet`, makers.parquet(columns, rows(output.report))];
  }
  yield* Object.entries(await analysisTexts(output, figures));
}

/** The checksums of all other files of an analysis, as `sha256sum -c` reads them. By them it is known again. */
export const CHECKSUMS = 'checksums.sha256';

/** Their text, from paths and SHA-256 in hexadecimal digits. */
export const checksumsText = (digests: ReadonlyMap<string, string>): string =>
  [...digests.keys()]
    .sort()
    .map((path) => `${digests.get(path) ?? ''}  ${path}\n`)
    .join('');

/** A table as CSV; one without rows has its columns all the same. */
function csvOf({ columns, rows }: AnalysisTable, report: AnalysisReport, toCsv: typeof unparse): string {
  const all = rows(report);
  return all.length > 0 ? `${toCsv(all, { newline: '\n' })}\n` : `${columns.map(({ name }) => name).join(',')}\n`;
}
