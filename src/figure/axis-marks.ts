import type * as Plot from '@observablehq/plot';
import type { Ticks } from './ticks.js';

/** Length of a labelled tick, px. */
export const TICK = 6;

/** An axis without title, which texts of the figure give. (Plot writes no labels of its own on a logarithmic scale that is given them as channel.) */
export const axisMarks = (
  axis: typeof Plot.axisX,
  { labelled, minor, format }: Ticks,
  size: number,
): Plot.Markish[] => [
  axis([...minor], { tickSize: TICK / 2, text: null, label: null }),
  axis([...labelled], { tickSize: TICK, tickPadding: 4, text: format, fontSize: size, label: null }),
];
