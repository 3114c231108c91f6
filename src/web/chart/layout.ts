// Where everything stands in a chart, from what its texts need.
import { axisTicks, lineHeight, textMargins, wrap, type Ticks } from '#figure';
import { endLabels, namesWidth, type EndLabel } from './end-labels.js';
import { namedEntries, placeLegend, type LegendEntry, type PlacedLegend } from './place-legend.js';
import { domainsOf, scaleOf, type ChartData, type Domain } from './scales.js';

export interface ChartLayout {
  readonly width: number;
  readonly height: number;
  /** Edges of the plot, px. */
  readonly frame: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  readonly xDomain: Domain;
  readonly toX: (value: number) => number;
  readonly toY: (value: number) => number;
  readonly xTicks: Ticks;
  readonly yTicks: Ticks;
  readonly xLabel: readonly string[];
  readonly yLabel: readonly string[];
  /** Names at the ends of lines; where there is none, the legend has the names. */
  readonly labels: readonly EndLabel[];
  readonly legend: PlacedLegend;
  /** Upper edge of the legend, px. */
  readonly legendTop: number;
  /** Sizes of text and symbols, px. */
  readonly text: number;
  readonly symbol: number;
}

/** Sizes in px of a page whose text has 15 px. */
const TEXT = 12;
const SYMBOL = 3.8;
/** Least margins: an axis whose numbers change does not move the plot each time. */
const LEFT = 46;
const RIGHT = 14;

/**
 * The layout of a chart of this width, px. Its height follows from its width and from the names of its lines: not from their values,
 * so that nothing below it moves while these change.
 *
 * @param zoom Size of the text of the page over 15 px.
 * @param pictures Height of pictures between the x axis and its names, px.
 */
export function layoutOf(
  data: ChartData,
  marks: readonly LegendEntry[],
  width: number,
  plotHeight: number,
  zoom: number,
  pictures = 0,
): ChartLayout {
  const { x, y, lines } = data;
  const text = TEXT * zoom;
  const [xDomain, yDomain] = domainsOf(data);
  const fixed = { data, xDomain, yDomain, width, text, zoom };
  const whole = placeLegend([...namedEntries(lines), ...marks], width, text);
  const height = Math.round(plotHeight * zoom + pictures + whole.height);
  const names = namesWidth(lines, width, text);
  const place = (right: number, legend: PlacedLegend): Omit<ChartLayout, 'labels'> => {
    const frame = frameOf(fixed, right, height - legend.height - pictures);
    return {
      width,
      height,
      frame,
      xDomain,
      toX: scaleOf(x.scale, xDomain, [frame.left, frame.right]),
      toY: scaleOf(y.scale, yDomain, [frame.bottom, frame.top]),
      xTicks: axisTicks(x, xDomain, frame.right - frame.left, text, 'x'),
      yTicks: axisTicks(y, yDomain, frame.bottom - frame.top, text, 'y'),
      xLabel: wrap(x.label, text, width - frame.left),
      yLabel: wrap(y.label, text, width),
      legend,
      legendTop: height - legend.height,
      text,
      symbol: SYMBOL * zoom,
    };
  };
  if (names !== null) {
    const placed = place(names, placeLegend(marks, width, text));
    const labels = endLabels(lines, placed, lineHeight(text));
    if (labels) return { ...placed, labels };
  }
  return { ...place(0, whole), labels: [] };
}

interface Fixed {
  readonly data: ChartData;
  readonly xDomain: Domain;
  readonly yDomain: Domain;
  readonly width: number;
  readonly text: number;
  readonly zoom: number;
}

/** The plot between the margins that the texts need, `names` px of them for names at its right edge. */
function frameOf(
  { data, xDomain, yDomain, width, text, zoom }: Fixed,
  names: number,
  height: number,
): ChartLayout['frame'] {
  const { x, y } = data;
  const margins = (frameHeight: number): ReturnType<typeof textMargins> =>
    textMargins({ axis: x, domain: xDomain, names: x.names }, { axis: y, domain: yDomain }, width, frameHeight, text);
  // Ticks follow from the height of the plot, which follows from the lines of the labels.
  const { top, bottom } = margins(height);
  const { left, right } = margins(height - top - bottom);
  const from = Math.max(left, LEFT * zoom);
  return {
    left: from,
    right: Math.max(from + 40, width - Math.max(right, names, RIGHT * zoom)),
    top,
    bottom: height - bottom,
  };
}
