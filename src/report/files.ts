import type { AnalysisReport } from '#analyse';
import { drawFigure, pageWidths, type Drawing, type FigureDocument } from '#figure';
import type { unparse } from 'papaparse';
import type { ReportFigure } from './figures.js';
import { methodsText, type AnalysisOrigin } from './methods.js';
import { bibliography } from './references.js';
import { analysisTables, type AnalysisTable } from './tables/tables.js';

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

/** The texts that an analysis is written as, by their paths: every number, each table, the methods and what they cite. */
export async function analysisTexts(
  report: AnalysisReport,
  origin: AnalysisOrigin,
): Promise<Readonly<Record<string, string>>> {
  const { default: Papa } = await import('papaparse');
  return {
    'report.json': `${JSON.stringify(report, null, 1)}\n`,
    'methods.txt': methodsText(report, origin),
    'references.bib': bibliography(report),
    ...Object.fromEntries(
      analysisTables.map((table) => [`tables/${table.name}.csv`, csvOf(table, report, Papa.unparse)]),
    ),
  };
}

/** A table as CSV; one without rows has its columns all the same. */
function csvOf({ columns, rows }: AnalysisTable, report: AnalysisReport, toCsv: typeof unparse): string {
  const all = rows(report);
  return all.length > 0 ? `${toCsv(all, { newline: '\n' })}\n` : `${columns.map(({ name }) => name).join(',')}\n`;
}
