import * as Plot from '@observablehq/plot';
import { GLYPH, type LegendEntry } from '../drawing/legend.js';
import { GREY, type SeriesStyle } from '../drawing/palette.js';
import type { Panel } from './panel.js';
import {
  DOT_RADIUS,
  bandOptions,
  dotOptions,
  lineOptions,
  offScaleOptions,
  openOptions,
  pointOptions,
  referenceOptions,
} from './series-style.js';

const middle = { x: GLYPH.width / 2, y: GLYPH.height / 2 };
const line = [
  [0, middle.y],
  [GLYPH.width, middle.y],
] as const;

const bandOfLegend = [0, GLYPH.width].map((x) => ({ x, y1: 2, y2: GLYPH.height - 2 }));

const barOptions = { y1: 1, y2: GLYPH.height - 1, stroke: GREY, strokeWidth: 1.4 };

/** The legend of a set of panels: every series, and every other kind of mark in them. */
export function legendOf(
  panels: readonly Panel[],
  styles: ReadonlyMap<string, SeriesStyle>,
  { isOffScale, isSideBySide }: { readonly isOffScale: boolean; readonly isSideBySide: boolean },
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
  // If a series has a line as well as points, the legend explains which is which.
  const shared = curves.filter(({ series }) => dots.some((other) => other.series === series));
  if (shared.length > 0) {
    if (shared.some(({ open }) => !open))
      entries.push({ text: 'lines: theory', marks: [Plot.line(line, { stroke: GREY, strokeWidth: 1.8 })] });
    if (shared.some(({ errors }) => errors))
      entries.push({
        text: 'bands: error from the learning rate',
        marks: [Plot.areaY(bandOfLegend, bandOptions(GREY))],
      });
    if (shared.some(({ open }) => open))
      entries.push({ text: 'rings: theory', marks: [Plot.dot([middle], openOptions(GREY))] });
    entries.push({ text: 'points: simulation', marks: [Plot.dot([middle], { ...pointOptions, fill: GREY })] });
  }
  if (dots.length > 0) entries.push({ text: '±1 standard error', marks: [Plot.ruleX([middle.x], barOptions)] });
  if (isOffScale) entries.push({ text: 'beyond the axis', marks: [Plot.dot([middle], offScaleOptions(GREY, false))] });
  if (isSideBySide) {
    const pair = [middle.x - DOT_RADIUS - 0.5, middle.x + DOT_RADIUS + 0.5].map((x) => ({ x, y: middle.y }));
    entries.push({ text: 'side by side: at one value', marks: [Plot.dot(pair, { ...pointOptions, fill: GREY })] });
  }
  for (const text of new Set(panels.flatMap(({ referenceLine }) => referenceLine?.text ?? []))) {
    entries.push({ text, marks: [Plot.line(line, referenceOptions)] });
  }
  return entries;
}
