import { figureDocument, svgToPdf, svgToPng } from '#figure/node';
import { analysisFiles, drawReportFigure, reportFigures, type AnalysisOutput, type DrawnFigure } from '#report';
import { parquetOfRows } from '#store';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDirectory } from './directory.js';

/**
 * Writes an analysis into a directory, whole or not at all: figures (SVG, PNG, PDF), tables (CSV, Parquet), report.json,
 * report.html, methods.txt and references.bib. `assertContinues` is called between files, and may throw.
 */
export async function writeAnalysis(path: string, output: AnalysisOutput, assertContinues: () => void): Promise<void> {
  await writeDirectory(path, async (directory) => {
    for (const name of ['figures', 'tables']) await mkdir(join(directory, name));
    const document = figureDocument();
    const figures: DrawnFigure[] = [];
    for (const figure of reportFigures(output.report)) {
      assertContinues();
      figures.push(drawReportFigure(figure, document));
    }
    const makers = { png: (svg: string) => svgToPng(svg), pdf: svgToPdf, parquet: parquetOfRows };
    for await (const [name, contents] of analysisFiles(output, figures, makers)) {
      await writeFile(join(directory, name), contents);
      assertContinues();
    }
  });
}
