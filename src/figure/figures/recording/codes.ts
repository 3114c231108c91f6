import { domainOf, type Axis } from '../../drawing/axis.js';
import type { FigureDocument, FigureOptions } from '../../drawing/options.js';
import { GREY, seriesStyle, type SeriesStyle } from '../../drawing/palette.js';
import { defineFigure } from '../../figure.js';
import { drawPanels } from '../../panel/draw-panels.js';
import type { Curve, Panel } from '../../panel/panel.js';
import { areaEntry, errorEntry, lineEntry, modelStyle, referenceEntry } from './legend.js';
import type { CodePoint, CodesTable } from './table.js';
import { dotsOf, isKindWith, unbroken } from './values.js';

export const codes = defineFigure<CodesTable>({
  name: 'codes',
  applies: isKindWith<CodesTable>('recording-codes', ({ points }) =>
    points.some(({ selfCorrelation, similarity }) => selfCorrelation.value !== null || similarity.value !== null),
  ),
  draw: drawCodes,
});

const [CODES, PREDICTED, SIMILARITY, INDEPENDENT, SMOOTH] = [
  'codes',
  'predicted from F and D',
  'similarity',
  'each stimulus drifts alone',
  'neighbouring stimuli drift together',
];

const styles = new Map<string, SeriesStyle>([
  [CODES, seriesStyle(0)],
  [PREDICTED, seriesStyle(0)],
  [SIMILARITY, seriesStyle(2, 1)],
  [INDEPENDENT, { ...seriesStyle(1), dash: '6 3' }],
  [SMOOTH, { ...seriesStyle(3), dash: '2 3' }],
]);

/**
 * Self-correlation of the codes and similarity of their geometry against gap, both without trial noise. The first has its
 * prediction; the second lies between independent drift of every stimulus and a rotation, which leaves it at 1. Returns the SVG as text.
 */
function drawCodes({ points, timeUnit, model }: CodesTable, document: FigureDocument, options: FigureOptions): string {
  const x: Axis = {
    label: `gap between sessions Δt (${timeUnit})`,
    scale: 'linear',
    domain: domainOf('linear', [0, ...points.map(({ gap }) => gap)]),
  };
  const curve = (series: string, valueOf: (point: CodePoint) => number | null): Curve[] =>
    unbroken(points.map((point) => ({ x: point.gap, y: valueOf(point) }))).map((part) => ({ series, points: part }));
  const predicted = curve(PREDICTED, (point) => point.predictedSelfCorrelation);
  const independent = curve(INDEPENDENT, (point) => point.independentSimilarity);
  const smooth = curve(SMOOTH, (point) => point.smoothSimilarity);
  const cosines: Panel = {
    title: 'Codes',
    x,
    y: { label: 'self-correlation of a code', scale: 'linear' },
    referenceLine: { y: 1, text: '' },
    theory: [
      ...predicted,
      ...(model ? unbroken(model.points).map((part) => ({ series: model.name, points: part })) : []),
    ],
    simulation: [{ series: CODES, points: dotsOf(points.map(({ gap, selfCorrelation: of }) => ({ x: gap, of }))) }],
  };
  const similarities: Panel = {
    title: 'Similarity of stimuli',
    x,
    y: { label: 'similarity of the geometry S', scale: 'linear' },
    referenceLine: { y: 1, text: '' },
    band: points.flatMap(({ gap, independentSimilarity: low }) => (low === null ? [] : [{ x: gap, low, high: 1 }])),
    theory: [...independent, ...smooth],
    simulation: [{ series: SIMILARITY, points: dotsOf(points.map(({ gap, similarity: of }) => ({ x: gap, of }))) }],
  };
  const shown = [cosines, similarities].filter(({ simulation: [dots] }) => dots.points.length > 0);
  const entry = (series: string, curves: readonly Curve[]) =>
    curves.length === 0 ? [] : [lineEntry(series, styles.get(series) ?? { ...seriesStyle(0), colour: GREY })];
  const hasSimilarity = shown.includes(similarities);
  const legendEntries = () => [
    ...(shown.includes(cosines) ? entry(PREDICTED, predicted) : []),
    ...(shown.includes(cosines) && model ? [lineEntry(model.name, modelStyle)] : []),
    ...(hasSimilarity ? [...entry(INDEPENDENT, independent), ...entry(SMOOTH, smooth)] : []),
    ...(hasSimilarity && independent.length > 0 ? [areaEntry('part of the drift keeps the geometry')] : []),
    referenceEntry('no change'),
    errorEntry,
  ];
  const allStyles = model ? new Map([...styles, [model.name, modelStyle]]) : styles;
  return drawPanels(shown, { styles: allStyles, legendEntries }, document, options);
}
