import type { AnalysisReport } from '#analyse';
import { drawFigure, pageWidths, type Drawing } from '#figure';
import { figureDocument } from '#figure/node';
import {
  analysisPage,
  analysisTables,
  bibliography,
  methodsText,
  reportFigures,
  type AnalysisOrigin,
  type AnalysisTable,
} from '#report';
import { csv, Table, writeParquet } from '#store';
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
    for (const { name, title, caption, table } of figures) {
      assertContinues();
      const draw = (width: number, more = {}): string => drawFigure(table, document, { width, title, ...more });
      drawings.set(name, { wide: draw(pageWidths.wide), narrow: draw(pageWidths.narrow) });
      await writeFigure(join(directory, 'figures', name), draw(pageWidths.wide, { caption }), title);
    }
    for (const table of analysisTables) {
      assertContinues();
      await writeTable(join(directory, 'tables', table.name), table, report);
    }
    const files = {
      'report.json': `${JSON.stringify(report, null, 1)}\n`,
      'methods.txt': methodsText(report, origin),
      'references.bib': bibliography(report),
      'report.html': analysisPage({ report, origin, inputs, figures, drawings }),
    };
    for (const [name, content] of Object.entries(files)) await writeFile(join(directory, name), content);
    assertContinues();
  });
}

/** A table as CSV and as Parquet; one without rows has its columns all the same. */
async function writeTable(path: string, { columns, rows }: AnalysisTable, report: AnalysisReport): Promise<void> {
  const names = columns.map(({ name }) => name);
  const all = rows(report);
  const table = new Table();
  for (const name of names) table.columns.set(name, []);
  for (const row of all) table.add(row);
  await writeFile(`${path}.csv`, all.length > 0 ? csv(all) : `${names.join(',')}\n`);
  const integers = new Set(columns.filter(({ isInteger }) => isInteger).map(({ name }) => name));
  await writeParquet(`${path}.parquet`, table, integers);
}
