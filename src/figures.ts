/**
 * Figures of theory and simulation, as SVG, in Node and in pages: the entry `meander-drift/figures` of the package.
 *
 * {@link probesTable} and {@link sweepTable} make tables of figures from the rows of a report (`reportRows`) or of a run
 * directory, {@link phasesTable} from the points of a report; {@link drawFigure} draws a table into a document: that of a page, or `figureDocument()` of
 * `meander-drift/figures/node`, whose `svgToPng` turns the SVG into PNG.
 *
 * ```ts
 * import { drawFigure, probesTable } from 'meander-drift/figures';
 *
 * const svg = drawFigure(probesTable(reportRows(report)), document, { width: 720, title: 'Drift of every probe' });
 * ```
 *
 * @module meander-drift/figures
 */
export { phasesTable, probesTable, sweepTable } from '#experiment';
export type { PhaseSeries, PhasesFigure, ProbesFigure, SweepFigure } from '#experiment';
export { drawFigure, equalityLine, figuresFor, sweepGrid } from '#figure';
export type {
  Axis,
  ClaimsMapCell,
  ClaimsMapSpot,
  ClaimsMapTable,
  CodePoint,
  CodesTable,
  ComparisonTable,
  Curve,
  DisplacementCourse,
  DisplacementPoint,
  DisplacementTable,
  Dots,
  Figure,
  FigureData,
  FigureDocument,
  FigureOptions,
  FigureTable,
  IncrementsTable,
  Panel,
  ProbesTable,
  RecordedValue,
  ReferenceLine,
  SessionMatrix,
  SessionsTable,
  SimilarityMatrix,
  SimilarityTable,
  StimuliTable,
  StimulusRow,
  StimulusTrend,
  ModelCurve,
  SweepAxis,
  SweepRow,
  SweepTable,
  SweptAxis,
  Trajectory,
  TrajectoryTable,
  Zero,
} from '#figure';
