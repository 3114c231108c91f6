import * as Plot from '@observablehq/plot';
import type { Block } from './sheet.js';
import { lineHeight, textLines, wrap } from './text.js';
import { ticksOf } from './ticks.js';

/** A colour scale, and the value at a fraction of it. */
export interface Colours {
  readonly scale: Plot.ScaleOptions;
  readonly valueAt: (fraction: number) => number;
  /** Position of a value; if given, the labels are at round numbers, written as on an axis. */
  readonly axis?: { readonly scale: 'log' | 'linear'; readonly fractionOf: (value: number) => number };
}

/** Blue below 0, white at 0, red above, symmetric; clamped at -limit and limit. */
export const diverging = (limit: number): Colours => ({
  scale: { type: 'diverging', scheme: 'BuRd', domain: [-limit, limit], clamp: true },
  valueAt: (fraction) => limit * (2 * fraction - 1),
});

/** Blue below 1, white at 1, red above, symmetric; clamped at 1 - limit and 1 + limit. */
export const divergingFromOne = (limit: number): Colours => ({
  scale: { type: 'diverging', scheme: 'BuRd', domain: [1 - limit, 1 + limit], pivot: 1, clamp: true },
  valueAt: (fraction) => 1 + limit * (2 * fraction - 1),
});

/** Dark at the low end, light at the high end; clamped at both. */
export const sequential = (low: number, high: number, isLog: boolean): Colours => ({
  scale: { type: isLog ? 'log' : 'linear', scheme: 'viridis', domain: [low, high], clamp: true },
  valueAt: (fraction) => (isLog ? low * (high / low) ** fraction : low + fraction * (high - low)),
  axis: {
    scale: isLog ? 'log' : 'linear',
    fractionOf: (value) => (isLog ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low)),
  },
});

const STRIPES = 60;
const MAX_WIDTH = 360;
const HEIGHT = 12;

/**
 * A colour scale with a title above and labels below: at round numbers if the colours have an axis, else at the ends,
 * the middle and the quarters, written by `format`.
 */
export function colourBar(
  label: string,
  { scale: options, valueAt, axis }: Colours,
  format: (value: number) => string,
  width: number,
  size: number,
): Block {
  const scale = Plot.scale({ color: options });
  const edge = 3 * size;
  const barWidth = Math.min(width, MAX_WIDTH) - 2 * edge;
  const lines = wrap(label, size, width);
  const top = lines.length * lineHeight(size) + 2;
  const stripes = Array.from({ length: STRIPES }, (_, k) => {
    const value = valueAt((k + 0.5) / STRIPES);
    const x = edge + (k / STRIPES) * barWidth;
    // Half a pixel wider, so that no white shows between two stripes.
    const stripeWidth = barWidth / STRIPES + (k < STRIPES - 1 ? 0.5 : 0);
    return `<rect x="${x}" y="${top}" width="${stripeWidth}" height="${HEIGHT}" fill="${String(scale.apply(value))}"/>`;
  });
  const round = axis && ticksOf(axis.scale, [valueAt(0), valueAt(1)], barWidth, size, 'x');
  const places = round
    ? round.labelled.map((value) => ({ fraction: axis.fractionOf(value), text: round.format(value) }))
    : [0, 0.25, 0.5, 0.75, 1].map((fraction) => ({ fraction, text: format(valueAt(fraction)) }));
  const ticks = places.map(({ fraction, text }) => {
    const x = edge + fraction * barWidth;
    return (
      `<line x1="${x}" x2="${x}" y1="${top + HEIGHT}" y2="${top + HEIGHT + 4}" stroke="black"/>` +
      textLines([text], x, top + HEIGHT + 5, { size, anchor: 'middle' })
    );
  });
  const frame = `<rect x="${edge}" y="${top}" width="${barWidth}" height="${HEIGHT}" fill="none" stroke="black" stroke-width="0.8"/>`;
  return {
    height: top + HEIGHT + 5 + lineHeight(size),
    svg: `<g class="colour-bar">${textLines(lines, 0, 0, { size })}${stripes.join('')}${frame}${ticks.join('')}</g>`,
  };
}
