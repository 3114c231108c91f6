import type { AnalysisReport } from '#analyse';
import type { Drawing } from '#figure';
import { figureDocument } from '#figure/node';
import {
  analysisPage,
  analysisTables,
  analysisTexts,
  drawReportFigure,
  reportFigures,
  type AnalysisOrigin,
  type AnalysisTable,
} from '#report';
import { Table, writeParquet } from '#store';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFigure } from '../figure/files.js';
import { writeDirectory } from './directory.js';

interface Output {
  readonly report: AnalysisReport;
  readonly origin: AnalysisOrigin;
  /** The shapes of the recordings as they were read, and what was declared. */
  readonly inputs: readonly string[];
}

/**
 * Writes an analysis into a directory, whole or not at all: figures (SVG, PNG, PDF), tables (CSV, Parquet), report.json,
 * report.html, methods.txt and references.bib. `assertContinues` is called between files, and may throw.
 */
export async function writeAnalysis(
  path: string,
  { report, origin, inputs }: Output,
  assertContinues: () => void,
): Promise<void> {
  await writeDirectory(path, async (directory) => {
    const document = figureDocument();
    const figures = reportFigures(report);
    const drawings = new Map<string, Drawing>();
    for (const name of ['figures', 'tables']) await mkdir(join(directory, name));
    for (const figure of figures) {
      assertContinues();
      const { name, title, drawing, svg } = drawReportFigure(figure, document);
      drawings.set(name, drawing);
      await writeFigure(join(directory, 'figures', name), svg, title);
    }
    for (const table of analysisTables) {
      assertContinues();
      await writeTable(join(directory, 'tables', `${table.name}.parquet`), table, report);
    }
    const texts = {
      ...(await analysisTexts(report, origin)),
      'report.html': analysisPage({ report, origin, inputs, figures, drawings }),
    };
    for (const [name, text] of Object.entries(texts)) await writeFile(join(directory, name), text);
    assertContinues();
  });
}

/** A table as Parquet; one without rows has its columns all the same. */
async function writeTable(path: string, { columns, rows }: AnalysisTable, report: AnalysisReport): Promise<void> {
  const table = new Table();
  for (const { name } of columns) table.columns.set(name, []);
  for (const row of rows(report)) table.add(row);
  const integers = new Set(columns.filter(({ isInteger }) => isInteger).map(({ name }) => name));
  await writeParquet(path, table, integers);
}
