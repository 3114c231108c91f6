import * as Plot from '@observablehq/plot';
import { axisMarks, TICK } from './axis-marks.js';
import { clipLine, type XY } from './clip.js';
import { drawing } from './drawing.js';
import type { FigureDocument } from './options.js';
import { SYMBOL_REACH, type SeriesStyle } from './palette.js';
import { labelTexts, placeLabels, type Box } from './place-labels.js';
import { DOT_RADIUS, dotOptions, lineOptions, offScaleOptions, openOptions, referenceOptions } from './series.js';
import { lineHeight, textLines, textWidth, wrap } from './text.js';
import { isInside, type Curve, type Domains, type Dots, type Panel } from './panel.js';
import { axisTicks, type Axis, type Ticks } from './ticks.js';

/** Where the frame of a panel lies, the same for all panels of a figure. */
interface PanelLayout {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly size: number;
}

const headerLines = (panel: Panel, width: number, size: number): { title: string[]; y: string[] } => ({
  title: panel.title === undefined ? [] : wrap(panel.title, 1.1 * size, width),
  y: wrap(panel.y.label, size, width),
});

/** The margins that the texts of all panels need. */
export function layoutOf(
  panels: readonly { readonly panel: Panel; readonly domains: Domains }[],
  width: number,
  frameHeight: number,
  size: number,
): PanelLayout {
  const line = lineHeight(size);
  const widest = (ticks: Ticks): number => Math.max(0, ...ticks.labelled.map((v) => textWidth(ticks.format(v), size)));
  const all = panels.map(({ panel, domains }) => {
    const left = widest(axisTicks(panel.y, domains.y, frameHeight, size, 'y')) + TICK + 4;
    const xLabel = widest(axisTicks(panel.x, domains.x, width - left - 20, size, 'x'));
    const { title, y } = headerLines(panel, width, size);
    return {
      left: Math.max(left, xLabel / 2),
      right: xLabel / 2 + 2,
      top: (title.length + y.length) * line + 8,
      bottom: TICK + 5 + line + 2 + wrap(panel.x.label, size, width - left).length * line,
    };
  });
  const largest = (side: 'left' | 'right' | 'top' | 'bottom'): number => Math.max(...all.map((one) => one[side]));
  const [left, right, top, bottom] = [largest('left'), largest('right'), largest('top'), largest('bottom')];
  return { width, height: top + frameHeight + bottom, left, right, top, bottom, size };
}

/** One panel, at the place given. */
export function drawPanel(
  panel: Panel,
  domains: Domains,
  layout: PanelLayout,
  styles: ReadonlyMap<string, SeriesStyle>,
  document: FigureDocument,
): string {
  const { width, height, left, right, top, bottom, size } = layout;
  const frame: Box = { x1: left, y1: top, x2: width - right, y2: height - bottom };
  const xTicks = axisTicks(panel.x, domains.x, frame.x2 - frame.x1, size, 'x');
  const yTicks = axisTicks(panel.y, domains.y, frame.y2 - frame.y1, size, 'y');
  const style = (series: string): SeriesStyle => {
    const found = styles.get(series);
    if (found === undefined) throw new TypeError(`the series ${series} has no style`);
    return found;
  };
  const marks = drawing(document, 0, 0, {
    width,
    height,
    marginLeft: left,
    marginRight: right,
    marginTop: top,
    marginBottom: bottom,
    x: { type: panel.x.scale, domain: domains.x },
    y: { type: panel.y.scale, domain: domains.y },
    marks: [
      Plot.frame({ strokeWidth: 0.8 }),
      ...axisMarks(Plot.axisX, xTicks, size),
      ...axisMarks(Plot.axisY, yTicks, size),
      ...(panel.reference === undefined || !isInside(panel.reference, domains.y)
        ? []
        : [Plot.ruleY([panel.reference], referenceOptions)]),
      ...panel.theory.flatMap((curve) => theoryMarks(curve, panel, domains, style(curve.series))),
      ...panel.simulation.flatMap(({ series, points }) => dotMarks(points, domains.y, style(series))),
    ],
  });
  const { title, y } = headerLines(panel, width, size);
  const yLine = top - 8 - y.length * lineHeight(size);
  const texts = [
    textLines(title, 0, yLine - title.length * lineHeight(size), { size, bold: true }),
    textLines(y, 0, yLine, { size }),
    textLines(
      wrap(panel.x.label, size, width - left),
      (frame.x1 + frame.x2) / 2,
      frame.y2 + TICK + 5 + lineHeight(size) + 2,
      { size, anchor: 'middle' },
    ),
  ];
  return `<g class="panel">${marks}${texts.join('')}${namesBesideDots(panel, domains, frame, size)}</g>`;
}

type Interval = readonly [number, number];

/** The error bars, cut at the ends of the axis. */
const barsOf = (points: Dots['points'], [low, high]: Interval): { x: number; y1: number; y2: number }[] =>
  points
    .map(({ x, y, se }) => ({ x, y1: Math.max(y - se, low), y2: Math.min(y + se, high) }))
    .filter(({ y1, y2 }) => y1 < y2);

function theoryMarks({ points, dashed, open }: Curve, { x, y }: Panel, domains: Domains, style: SeriesStyle) {
  if (open) {
    const inside = points.filter((point) => isInside(point.x, domains.x) && isInside(point.y, domains.y));
    return [Plot.dot(inside, openOptions(style.colour))];
  }
  return clipLine(points, [x.scale, domains.x], [y.scale, domains.y]).map((part) =>
    Plot.line(part, { x: 'x', y: 'y', ...lineOptions(style, dashed) }),
  );
}

/** Points with error bars; a point beyond the axis leaves a triangle at its end. */
function dotMarks(points: Dots['points'], domain: Interval, style: SeriesStyle): Plot.Markish[] {
  const [low, high] = domain;
  const outside = (upwards: boolean): Plot.Markish =>
    Plot.dot(
      points.filter(({ y }) => (upwards ? y > high : y < low)).map(({ x }) => ({ x, y: upwards ? high : low })),
      { ...offScaleOptions(style.colour, upwards), dy: upwards ? DOT_RADIUS : -DOT_RADIUS },
    );
  return [
    Plot.ruleX(barsOf(points, domain), { x: 'x', y1: 'y1', y2: 'y2', stroke: style.colour, strokeWidth: 1.4 }),
    outside(true),
    outside(false),
    Plot.dot(
      points.filter(({ y }) => isInside(y, domain)),
      dotOptions(style),
    ),
  ];
}

const boxAround = (x: number, y: number, halfWidth: number, halfHeight: number): Box => ({
  x1: x - halfWidth,
  x2: x + halfWidth,
  y1: y - halfHeight,
  y2: y + halfHeight,
});

function namesBesideDots(panel: Panel, domains: Domains, frame: Box, size: number): string {
  const fraction = (scale: Axis['scale'], [low, high]: Interval, value: number): number => {
    const shown = Math.min(Math.max(value, low), high);
    return scale === 'log' ? Math.log(shown / low) / Math.log(high / low) : (shown - low) / (high - low);
  };
  const place = ({ x, y }: XY): XY => ({
    x: frame.x1 + fraction(panel.x.scale, domains.x, x) * (frame.x2 - frame.x1),
    y: frame.y2 - fraction(panel.y.scale, domains.y, y) * (frame.y2 - frame.y1),
  });
  const dots = panel.simulation.flatMap(({ points }) => points.map(place));
  const reach = DOT_RADIUS * SYMBOL_REACH;
  const obstacles = dots.map(({ x, y }) => boxAround(x, y, reach, reach));
  const bars = panel.simulation.flatMap(({ points }) =>
    barsOf(points, domains.y).map(({ x, y1, y2 }) => {
      const [lower, upper] = [place({ x, y: y1 }), place({ x, y: y2 })];
      return boxAround(lower.x, (lower.y + upper.y) / 2, 1, (lower.y - upper.y) / 2);
    }),
  );
  const labels = (panel.labels ?? []).map(({ text, ...point }) => ({ text, ...place(point) }));
  return labelTexts(placeLabels(labels, [...obstacles, ...bars], frame, size, reach), size);
}
