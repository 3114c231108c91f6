import * as Plot from '@observablehq/plot';
import { GLYPH, type LegendEntry } from '../../drawing/legend.js';
import { GREY, seriesStyle, type SeriesStyle } from '../../drawing/palette.js';
import { bandOptions, dotOptions, lineOptions, referenceOptions } from '../../panel/series-style.js';

const middle = { x: GLYPH.width / 2, y: GLYPH.height / 2 };
const line = [
  [0, middle.y],
  [GLYPH.width, middle.y],
] as const;

export const errorEntry: LegendEntry = {
  text: '±1 standard error',
  marks: [Plot.ruleX([middle.x], { y1: 1, y2: GLYPH.height - 1, stroke: GREY, strokeWidth: 1.4 })],
};

export const lineEntry = (text: string, style: SeriesStyle): LegendEntry => ({
  text,
  marks: [Plot.line(line, lineOptions(style))],
});

export const dotEntry = (text: string, style: SeriesStyle): LegendEntry => ({
  text,
  marks: [Plot.dot([middle], dotOptions(style))],
});

export const referenceEntry = (text: string): LegendEntry => ({ text, marks: [Plot.line(line, referenceOptions)] });

export const areaEntry = (text: string): LegendEntry => ({
  text,
  marks: [
    Plot.areaY(
      [0, GLYPH.width].map((x) => ({ x, y1: 2, y2: GLYPH.height - 2 })),
      bandOptions(GREY),
    ),
  ],
});

/** Of the line of a model. */
export const modelStyle: SeriesStyle = { ...seriesStyle(4), dash: '8 3 2 3' };
