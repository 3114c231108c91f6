export { domainOf } from './drawing/axis.js';
export type { Axis, Ticks } from './drawing/axis.js';
export { textMargins } from './drawing/ticks.js';
export type { Margins } from './drawing/ticks.js';
export { numberFormat } from './drawing/number-format.js';
export type { FigureDocument, FigureOptions } from './drawing/options.js';
export { MAX_SERIES } from './drawing/palette.js';
export { lineHeight, textWidth, wrap } from './drawing/text.js';
export type { Zero } from './drawing/zero.js';
export { axisTicks } from './drawing/ticks.js';
export { defineFigure, figureFormats } from './figure.js';
export type { Figure, FigureData } from './figure.js';
export type { ClaimsMapCell, ClaimsMapSpot, ClaimsMapTable } from './figures/claims-map/table.js';
export type { ComparisonTable } from './figures/comparison.js';
export type { ProbesTable } from './figures/probes.js';
export type {
  CodePoint,
  CodesTable,
  DisplacementCourse,
  DisplacementPoint,
  DisplacementTable,
  IncrementsTable,
  RecordedValue,
  SessionMatrix,
  SessionsTable,
  StimuliTable,
  StimulusRow,
  StimulusTrend,
  ModelCurve,
} from './figures/recording/table.js';
export type { SimilarityMatrix, SimilarityTable } from './figures/similarity.js';
export { sweepGrid } from './figures/sweep/scales.js';
export type { SweepAxis, SweepRow, SweepTable, SweptAxis } from './figures/sweep/table.js';
export type { Trajectory, TrajectoryTable } from './figures/trajectories/trajectories.js';
export { cellHtml, escapeHtml, figureHtml, pageHtml, rowHeadHtml, tableHtml, pageWidths } from './page/page.js';
export type { Drawing } from './page/page.js';
export { equalityLine } from './panel/panel.js';
export type { Curve, Dots, Panel, ReferenceLine } from './panel/panel.js';
export { pdfOf } from './pdf/pdf.js';
export { drawFigure, figures, figuresFor } from './registry.js';
export type { FigureTable } from './registry.js';
export { PNG_SCALE, resvgOptions } from './resvg-options.js';
