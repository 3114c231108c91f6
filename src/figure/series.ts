import * as Plot from '@observablehq/plot';
import { GLYPH, type LegendEntry } from './legend.js';
import { GREY, seriesStyle, type SeriesStyle } from './palette.js';
import type { Panel } from './panel.js';

/** The look of every series, in the order in which the panels name them. */
export function stylesOf(panels: readonly Panel[]): Map<string, SeriesStyle> {
  const names = panels.flatMap(({ theory, simulation }) => [...theory, ...simulation].map(({ series }) => series));
  const dotted = [...new Set(panels.flatMap(({ simulation }) => simulation.map(({ series }) => series)))];
  return new Map([...new Set(names)].map((name, k) => [name, seriesStyle(k, Math.max(dotted.indexOf(name), 0))]));
}

export const DOT_RADIUS = 4;

const middle = { x: GLYPH.width / 2, y: GLYPH.height / 2 };
const line = [
  [0, middle.y],
  [GLYPH.width, middle.y],
] as const;

/** What the legend says about a set of panels: every series, and every other kind of mark that is drawn. */
export function legendOf(
  panels: readonly Panel[],
  styles: ReadonlyMap<string, SeriesStyle>,
  isOffScale: boolean,
): LegendEntry[] {
  const curves = panels.flatMap(({ theory }) => theory);
  const dots = panels.flatMap(({ simulation }) => simulation);
  const entries = [...styles].map(([series, style]): LegendEntry => {
    const curve = curves.find((other) => other.series === series);
    const dot = dots.some((other) => other.series === series);
    return {
      text: series,
      marks: [
        ...(curve && !curve.open ? [Plot.line(line, lineOptions(style, curve.dashed))] : []),
        ...(curve?.open ? [Plot.dot([middle], openOptions(style.colour))] : []),
        ...(dot ? [Plot.dot([middle], dotOptions(style))] : []),
      ],
    };
  });
  // Where one name stands for a line and for points, the legend says which is which.
  const shared = curves.filter(({ series }) => dots.some((other) => other.series === series));
  if (shared.length > 0) {
    if (shared.some(({ open }) => !open))
      entries.push({ text: 'lines: theory', marks: [Plot.line(line, { stroke: GREY, strokeWidth: 1.8 })] });
    if (shared.some(({ open }) => open))
      entries.push({ text: 'rings: theory', marks: [Plot.dot([middle], openOptions(GREY))] });
    entries.push({ text: 'points: simulation', marks: [Plot.dot([middle], { ...point, fill: GREY })] });
  }
  if (dots.length > 0) entries.push({ text: '±1 standard error', marks: [Plot.ruleX([middle.x], barOptions)] });
  if (isOffScale) entries.push({ text: 'beyond the axis', marks: [Plot.dot([middle], offScaleOptions(GREY, false))] });
  for (const text of new Set(panels.flatMap(({ referenceText }) => referenceText ?? []))) {
    entries.push({ text, marks: [Plot.line(line, referenceOptions)] });
  }
  return entries;
}

const point = { x: 'x', y: 'y', r: DOT_RADIUS } as const;

const barOptions = { y1: 1, y2: GLYPH.height - 1, stroke: GREY, strokeWidth: 1.4 };

export const referenceOptions = { stroke: GREY, strokeWidth: 1 };

export const lineOptions = ({ colour, dash }: SeriesStyle, dashed = false): Plot.LineOptions => ({
  stroke: colour,
  strokeWidth: 1.8,
  strokeDasharray: dash ?? (dashed ? '6 3' : 'none'),
});

export const dotOptions = ({ colour, symbol }: SeriesStyle): Plot.DotOptions => ({
  ...point,
  symbol,
  fill: colour,
  stroke: 'white',
  strokeWidth: 0.7,
});

/** A ring around the points of the simulation. */
export const openOptions = (colour: string): Plot.DotOptions => ({
  ...point,
  r: 1.8 * DOT_RADIUS,
  fill: 'none',
  stroke: colour,
  strokeWidth: 1.5,
});

/** An open triangle that points out of the panel. */
export const offScaleOptions = (colour: string, upwards: boolean): Plot.DotOptions => ({
  ...point,
  symbol: 'triangle',
  rotate: upwards ? 0 : 180,
  fill: 'white',
  stroke: colour,
  strokeWidth: 1.5,
});
