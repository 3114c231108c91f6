import type { AnalysisReport, RecordingReport } from '#analyse';
import {
  controlColumns,
  dimensionColumns,
  familiarColumns,
  frequencyColumns,
  gapColumns,
  pairColumns,
  planeColumns,
  populationColumns,
  stimulusColumns,
  warningColumns,
  type ControlItem,
  type DimensionItem,
  type FamiliarItem,
  type Of,
  type PairItem,
  type PlaneItem,
} from './columns.js';
import { rowsOf, type Cell, type Column, type ReportTable } from './table.js';

/** A table that knows its rows. */
export interface AnalysisTable extends ReportTable {
  readonly rows: (report: AnalysisReport) => Record<string, Cell>[];
}

const define = <Item>(
  name: string,
  description: string,
  columns: readonly Column<Item>[],
  items: (report: AnalysisReport) => readonly Item[],
): AnalysisTable => ({ name, description, columns, rows: (report) => rowsOf(items(report), columns) });

/** The tables of an analysis. Of several animals each has its rows, followed by those of all together where there are such. */
export const analysisTables: readonly AnalysisTable[] = [
  define('population', 'one row for each animal, and one for all together', populationColumns, (report) => [
    ...report.animals.map(({ name, population, similarityShare }) => ({
      animal: name,
      ...population,
      similarityShare,
    })),
    ...together(report, ({ population, similarityShare }) => [{ animal: null, ...population, similarityShare }]),
  ]),
  define('stimuli', 'one row for each stimulus', stimulusColumns, (report) => [
    ...ofEach(report, ({ stimuli }) => stimuli),
    ...together(report, ({ stimuli }) => stimuli.map((stimulus) => ({ animal: null, ...stimulus }))),
  ]),
  define(
    'frequency',
    'one row where presentations were given: the power law of D/|h|² in them, a correlation',
    frequencyColumns,
    ({ frequency }) => (frequency === null ? [] : [frequency]),
  ),
  define('gaps', 'one row for each gap of time, pairs of sessions of about the same gap pooled', gapColumns, (report) =>
    ofEach(report, ({ gaps }) => gaps),
  ),
  define<PairItem>('pairs', 'one row for each pair of sessions', pairColumns, (report) =>
    report.animals.flatMap(({ name, pairs, times }) =>
      pairs.map((pair) => ({
        animal: name,
        ...pair,
        times: [times[pair.sessions[0]], times[pair.sessions[1]]] as const,
      })),
    ),
  ),
  define<FamiliarItem>('familiar', 'one row for each measure in common use and gap', familiarColumns, (report) =>
    report.animals.flatMap(({ name: animal, familiar }) =>
      familiar.flatMap(({ points, ...measure }) => points.map((point) => ({ animal, ...measure, ...point }))),
    ),
  ),
  define<DimensionItem>(
    'dimensions',
    'one row for each dimension of the stimuli that was looked at, 12 at most',
    dimensionColumns,
    (report) => ofEach(report, ({ turning }) => turning.dimensions.map((own, k) => ({ ...own, number: k + 1 }))),
  ),
  define<PlaneItem>('planes', 'one row for each plane of validated dimensions', planeColumns, (report) =>
    report.animals.flatMap(({ name, turning }) =>
      turning.planes.map((plane, p) => ({
        animal: name,
        ...plane,
        predictedRate: report.model?.turning.find((own) => own.animal === name)?.planes[p].rate ?? null,
      })),
    ),
  ),
  define<ControlItem>('controls', 'one row for each control and number behind it', controlColumns, (report) =>
    [
      ...ofEach(report, ({ controls }) => controls),
      ...together(report, ({ controls }) => controls.map((control) => ({ animal: null, ...control }))),
    ].flatMap((control): ControlItem[] => {
      const values = Object.entries(control.values);
      return values.length === 0
        ? [{ ...control, quantity: null, number: null }]
        : values.map(([quantity, number]) => ({ ...control, quantity, number }));
    }),
  ),
  define('warnings', 'one row for each warning', warningColumns, (report) =>
    ofEach(report, ({ warnings }) => warnings),
  ),
];

const ofEach = <Item>({ animals }: AnalysisReport, itemsOf: (animal: RecordingReport) => readonly Item[]): Of<Item>[] =>
  animals.flatMap((one) => itemsOf(one).map((item) => ({ animal: one.name, ...item })));

/** What is of all animals together; nothing of one, whose rows are there already. */
const together = <Item>(
  report: AnalysisReport,
  itemsOf: (report: AnalysisReport) => readonly Of<Item>[],
): Of<Item>[] => (report.animals.length > 1 ? [...itemsOf(report)] : []);
