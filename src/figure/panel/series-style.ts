import type * as Plot from '@observablehq/plot';
import { GREY, seriesStyle, type SeriesStyle } from '../drawing/palette.js';
import type { Panel } from './panel.js';

/** The look of every series, in the order in which the panels name them. */
export function stylesOf(panels: readonly Panel[]): Map<string, SeriesStyle> {
  const names = panels.flatMap(({ theory, simulation }) => [...theory, ...simulation].map(({ series }) => series));
  const dotted = [...new Set(panels.flatMap(({ simulation }) => simulation.map(({ series }) => series)))];
  return new Map([...new Set(names)].map((name, k) => [name, seriesStyle(k, Math.max(dotted.indexOf(name), 0))]));
}

export const DOT_RADIUS = 4;

export const pointOptions = { x: 'x', y: 'y', r: DOT_RADIUS } as const;

export const referenceOptions = { stroke: GREY, strokeWidth: 1 };

export const lineOptions = ({ colour, dash }: SeriesStyle, dashed = false): Plot.LineOptions => ({
  stroke: colour,
  strokeWidth: 1.8,
  strokeDasharray: dash ?? (dashed ? '6 3' : 'none'),
});

export const dotOptions = ({ colour, symbol }: SeriesStyle): Plot.DotOptions => ({
  ...pointOptions,
  symbol,
  fill: colour,
  stroke: 'white',
  strokeWidth: 0.7,
});

/** A ring around the points of the simulation. */
export const openOptions = (colour: string): Plot.DotOptions => ({
  ...pointOptions,
  r: 1.8 * DOT_RADIUS,
  fill: 'none',
  stroke: colour,
  strokeWidth: 1.5,
});

/** An open triangle that points out of the panel. */
export const offScaleOptions = (colour: string, upwards: boolean): Plot.DotOptions => ({
  ...pointOptions,
  symbol: 'triangle',
  rotate: upwards ? 0 : 180,
  fill: 'white',
  stroke: colour,
  strokeWidth: 1.5,
});

/** The band around a line of the theory. */
export const bandOptions = (colour: string) =>
  ({ x: 'x', y1: 'y1', y2: 'y2', fill: colour, fillOpacity: 0.18, stroke: 'none' }) as const;
