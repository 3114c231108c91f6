import * as Plot from '@observablehq/plot';
import type { Block } from './sheet.js';
import { lineHeight, textLines, wrap } from './text.js';

/** Blue below 0, white at 0, red above, as dark at -limit as at limit; beyond stays as there. */
export const divergingColour = (limit: number): Plot.ScaleOptions => ({
  type: 'diverging',
  scheme: 'BuRd',
  domain: [-limit, limit],
  clamp: true,
});

const STRIPES = 60;
const LARGEST_WIDTH = 360;
const HEIGHT = 12;

/** The colours of `divergingColour` with what they mean, and the texts below its two ends, its middle and its quarters. */
export function colourBar(
  label: string,
  limit: number,
  format: (value: number) => string,
  width: number,
  size: number,
): Block {
  const scale = Plot.scale({ color: divergingColour(limit) });
  const edge = 3 * size;
  const barWidth = Math.min(width, LARGEST_WIDTH) - 2 * edge;
  const lines = wrap(label, size, width);
  const top = lines.length * lineHeight(size) + 2;
  const at = (value: number): number => edge + ((value / limit + 1) / 2) * barWidth;
  const stripes = Array.from({ length: STRIPES }, (_, k) => {
    const value = limit * ((2 * (k + 0.5)) / STRIPES - 1);
    const x = edge + (k / STRIPES) * barWidth;
    // Half a pixel wider, or the white behind would shine through between two stripes.
    const stripeWidth = barWidth / STRIPES + (k < STRIPES - 1 ? 0.5 : 0);
    return `<rect x="${x}" y="${top}" width="${stripeWidth}" height="${HEIGHT}" fill="${String(scale.apply(value))}"/>`;
  });
  const ticks = [-1, -0.5, 0, 0.5, 1].map((fraction) => {
    const x = at(fraction * limit);
    return (
      `<line x1="${x}" x2="${x}" y1="${top + HEIGHT}" y2="${top + HEIGHT + 4}" stroke="black"/>` +
      textLines([format(fraction * limit)], x, top + HEIGHT + 5, { size, anchor: 'middle' })
    );
  });
  const frame = `<rect x="${edge}" y="${top}" width="${barWidth}" height="${HEIGHT}" fill="none" stroke="black" stroke-width="0.8"/>`;
  return {
    height: top + HEIGHT + 5 + lineHeight(size),
    svg: `<g class="colour-bar">${textLines(lines, 0, 0, { size })}${stripes.join('')}${frame}${ticks.join('')}</g>`,
  };
}
