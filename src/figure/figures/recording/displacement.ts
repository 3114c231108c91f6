import { domainOf, type Axis } from '../../drawing/axis.js';
import type { FigureDocument, FigureOptions } from '../../drawing/options.js';
import { GREY, seriesStyle, type SeriesStyle } from '../../drawing/palette.js';
import { defineFigure } from '../../figure.js';
import { drawPanels } from '../../panel/draw-panels.js';
import type { Dots, Panel } from '../../panel/panel.js';
import { dotEntry, errorEntry, lineEntry, modelStyle } from './legend.js';
import type { DisplacementCourse, DisplacementTable } from './table.js';
import { dotsOf, isKindWith, namedAt, unbroken } from './values.js';

export const displacement = defineFigure<DisplacementTable>({
  name: 'displacement',
  applies: isKindWith<DisplacementTable>('recording-displacement', ({ recordings }) =>
    recordings.some((recording) => seriesOf(recording).some(({ dots: { points } }) => points.length > 0)),
  ),
  draw: drawDisplacement,
});

const FIT = '2F + D Δt + |v|² Δt²';

interface Series {
  readonly dots: Dots;
  readonly style: SeriesStyle;
  readonly fit: DisplacementCourse['fit'];
}

/**
 * Squared displacement against gap, over the squared norm: of one recording raw, without trial noise, the fitted law, and
 * between halves of one session at gap 0; of several without trial noise, with their fits.
 * Returns the SVG as text.
 */
function drawDisplacement(
  { recordings, timeUnit, model }: DisplacementTable,
  document: FigureDocument,
  options: FigureOptions,
): string {
  const isOne = recordings.length === 1;
  const all = isOne ? seriesOf(recordings[0]) : recordings.map(correctedOf);
  const series = all.filter(({ dots: { points } }) => points.length > 0);
  const xs = series.flatMap(({ dots: { points }, fit }) => [...points, ...fit].map(({ x }) => x));
  const x: Axis = {
    label: `gap between sessions Δt (${timeUnit})`,
    scale: 'linear',
    domain: domainOf('linear', [0, ...xs]),
  };
  const panel: Panel = {
    x,
    y: { label: 'squared displacement / ‖h‖²', scale: 'linear' },
    referenceLine: { y: 0, text: '' },
    theory: [
      ...series.flatMap(({ dots, fit }) => unbroken(fit).map((points) => ({ series: dots.series, points }))),
      ...(model ? unbroken(model.points).map((points) => ({ series: model.name, points })) : []),
    ],
    simulation: series.map(({ dots }) => dots),
    // Of several the ends of the series lie too close for names beside them.
    labels: isOne ? series.flatMap(({ dots }) => namedAt(dots.series, dots.points)) : [],
    labelsBesideLines: true,
  };
  const fitted = series.find(({ fit }) => unbroken(fit).length > 0);
  const legendEntries = () => [
    ...(isOne ? [] : series.map(({ dots, style }) => dotEntry(dots.series, style))),
    ...(fitted ? [lineEntry(FIT, isOne ? fitted.style : { ...seriesStyle(0), colour: GREY })] : []),
    ...(model ? [lineEntry(model.name, modelStyle)] : []),
    errorEntry,
  ];
  const styles = new Map(series.map(({ dots, style }) => [dots.series, style]));
  if (model) styles.set(model.name, modelStyle);
  return drawPanels([panel], { styles, legendEntries }, document, options);
}

function seriesOf({ points, fit, withinSession }: DisplacementCourse): Series[] {
  const dots = (name: string, values: Parameters<typeof dotsOf>[0]): Dots => ({ series: name, points: dotsOf(values) });
  return [
    {
      dots: dots(
        'as measured',
        points.map(({ gap, raw }) => ({ x: gap, of: raw })),
      ),
      style: { ...seriesStyle(0, 1), colour: GREY },
      fit: [],
    },
    {
      dots: dots(
        'without trial noise',
        points.map(({ gap, corrected }) => ({ x: gap, of: corrected })),
      ),
      style: seriesStyle(0),
      fit,
    },
    { dots: dots('halves of one session', [{ x: 0, of: withinSession }]), style: seriesStyle(1, 3), fit: [] },
  ];
}

/** What of one recording stands beside others. */
const correctedOf = ({ name, points, fit }: DisplacementCourse, k: number): Series => ({
  dots: { series: name, points: dotsOf(points.map(({ gap, corrected }) => ({ x: gap, of: corrected }))) },
  style: seriesStyle(k),
  fit,
});
