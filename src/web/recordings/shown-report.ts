import type { AnalysisReport } from '#analyse';
import {
  analysisTexts,
  controlTable,
  drawReportFigure,
  familiarTable,
  motionTable,
  reportFigures,
  stimulusTable,
  warningList,
  type AnalysisOrigin,
  type DrawnFigure,
} from '#report';
import { strToU8, zipSync } from 'fflate';
import { parseHTML } from 'linkedom/worker';
import type { ShownFigure, ShownReport, ShownSection } from './messages.js';

/** Files in a ZIP archive have times; a fixed one, so that equal files give equal bytes. */
const EPOCH = new Date(1980, 0, 1);

/** An analysis as the page shows it, with the files of the command line, drawn by the same document: byte for byte the same. */
export async function shownReport(
  report: AnalysisReport,
  origin: AnalysisOrigin,
  inputs: readonly string[],
): Promise<ShownReport> {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const figures = reportFigures(report).map((figure) => drawReportFigure(figure, document));
  const files = {
    ...(await analysisTexts(report, origin)),
    ...Object.fromEntries(figures.map(({ name, svg }) => [`figures/${name}.svg`, `${svg}\n`])),
  };
  const bytes = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)]));
  return {
    inputs,
    sections: sectionsOf(report, figures),
    warnings: warningList(report),
    controls: controlTable(report.controls),
    methods: files['methods.txt'],
    files,
    zip: zipSync(bytes, { mtime: EPOCH }),
  };
}

/** All animals together where there are several, then each. */
function sectionsOf(report: AnalysisReport, figures: readonly DrawnFigure[]): ShownSection[] {
  const { animals, stimuli } = report;
  const { timeUnit } = animals[0];
  const drawn = (index: number | null): ShownFigure[] =>
    figures
      .filter(({ animal }) => animal === index)
      .map(({ drawing, name, title, caption }) => ({ name, title, caption, ...drawing }));
  const together: ShownSection = {
    name: `All ${animals.length} animals together`,
    motion: motionTable(report, timeUnit),
    stimuli: { count: stimuli.length, table: stimulusTable({ stimuli, timeUnit }) },
    familiar: '',
    figures: drawn(null),
  };
  const each = animals.map((animal, index): ShownSection => ({
    name: animal.name,
    motion: motionTable(animal, animal.timeUnit),
    stimuli: { count: animal.stimuli.length, table: stimulusTable(animal) },
    familiar: familiarTable(animal),
    figures: drawn(index),
  }));
  return animals.length > 1 ? [together, ...each] : each;
}
