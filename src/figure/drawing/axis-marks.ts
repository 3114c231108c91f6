import type * as Plot from '@observablehq/plot';
import type { Ticks } from './axis.js';
import { TICK_LENGTH } from './ticks.js';

/**
 * An axis without a title, which the figure adds as text. (Plot drops the labels of a logarithmic scale given as
 * channel.)
 */
export const axisMarks = (
  axis: typeof Plot.axisX,
  { labelled, minor, format }: Ticks,
  size: number,
): Plot.Markish[] => [
  axis([...minor], { tickSize: TICK_LENGTH / 2, text: null, label: null }),
  axis([...labelled], { tickSize: TICK_LENGTH, tickPadding: 4, text: format, fontSize: size, label: null }),
];
