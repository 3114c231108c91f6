import type { AnalysisReport } from '#analyse';
import {
  analysisTexts,
  controlTable,
  drawReportFigure,
  familiarTable,
  motionTable,
  reportFigures,
  stimulusTable,
  turningTable,
  warningList,
  type AnalysisOutput,
  type DrawnFigure,
} from '#report';
import { parseHTML } from 'linkedom/worker';
import type { ShownFigure, ShownReport, ShownSection } from './messages.js';

/** The figures of an analysis, drawn by the document of the command line: byte for byte the same. */
export function drawnFigures(report: AnalysisReport): readonly DrawnFigure[] {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  return reportFigures(report).map((figure) => drawReportFigure(figure, document));
}

/** An analysis as the page shows it, with the files of the command line that are text. */
export async function shownReport(output: AnalysisOutput): Promise<ShownReport> {
  const { report, inputs } = output;
  const figures = drawnFigures(report);
  const files = await analysisTexts(output, figures);
  return {
    inputs,
    sections: sectionsOf(report, figures),
    warnings: warningList(report),
    controls: controlTable(report.controls),
    methods: files['methods.txt'],
    files,
    output,
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
    turning: '',
    figures: drawn(null),
  };
  const each = animals.map((animal, index): ShownSection => ({
    name: animal.name,
    motion: motionTable(animal, animal.timeUnit),
    stimuli: { count: animal.stimuli.length, table: stimulusTable(animal) },
    familiar: familiarTable(animal),
    turning: turningTable(animal, report.model),
    figures: drawn(index),
  }));
  return animals.length > 1 ? [together, ...each] : each;
}
