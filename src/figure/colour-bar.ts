import * as Plot from '@observablehq/plot';
import type { Block } from './sheet.js';
import { lineHeight, textLines, wrap } from './text.js';

/** A scale of colours, and the value at a fraction of it. */
export interface Colours {
  readonly scale: Plot.ScaleOptions;
  readonly valueAt: (fraction: number) => number;
}

/** Blue below 0, white at 0, red above, as dark at -limit as at limit; beyond stays as there. */
export const diverging = (limit: number): Colours => ({
  scale: { type: 'diverging', scheme: 'BuRd', domain: [-limit, limit], clamp: true },
  valueAt: (fraction) => limit * (2 * fraction - 1),
});

/** Dark at the low end, light at the high one. */
export const sequential = (low: number, high: number, isLog: boolean): Colours => ({
  scale: { type: isLog ? 'log' : 'linear', scheme: 'viridis', domain: [low, high] },
  valueAt: (fraction) => (isLog ? low * (high / low) ** fraction : low + fraction * (high - low)),
});

const STRIPES = 60;
const LARGEST_WIDTH = 360;
const HEIGHT = 12;

/** The colours with what they mean, and the texts below its two ends, its middle and its quarters. */
export function colourBar(
  label: string,
  { scale: options, valueAt }: Colours,
  format: (value: number) => string,
  width: number,
  size: number,
): Block {
  const scale = Plot.scale({ color: options });
  const edge = 3 * size;
  const barWidth = Math.min(width, LARGEST_WIDTH) - 2 * edge;
  const lines = wrap(label, size, width);
  const top = lines.length * lineHeight(size) + 2;
  const stripes = Array.from({ length: STRIPES }, (_, k) => {
    const value = valueAt((k + 0.5) / STRIPES);
    const x = edge + (k / STRIPES) * barWidth;
    // Half a pixel wider, or the white behind would shine through between two stripes.
    const stripeWidth = barWidth / STRIPES + (k < STRIPES - 1 ? 0.5 : 0);
    return `<rect x="${x}" y="${top}" width="${stripeWidth}" height="${HEIGHT}" fill="${String(scale.apply(value))}"/>`;
  });
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((fraction) => {
    const x = edge + fraction * barWidth;
    return (
      `<line x1="${x}" x2="${x}" y1="${top + HEIGHT}" y2="${top + HEIGHT + 4}" stroke="black"/>` +
      textLines([format(valueAt(fraction))], x, top + HEIGHT + 5, { size, anchor: 'middle' })
    );
  });
  const frame = `<rect x="${edge}" y="${top}" width="${barWidth}" height="${HEIGHT}" fill="none" stroke="black" stroke-width="0.8"/>`;
  return {
    height: top + HEIGHT + 5 + lineHeight(size),
    svg: `<g class="colour-bar">${textLines(lines, 0, 0, { size })}${stripes.join('')}${frame}${ticks.join('')}</g>`,
  };
}
