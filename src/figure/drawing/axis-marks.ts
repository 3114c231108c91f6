import type * as Plot from '@observablehq/plot';
import type { Axis, Ticks } from './axis.js';
import { lineHeight, textWidth, wrap } from './text.js';
import { axisTicks } from './ticks.js';

/** Length of a labelled tick, px. */
export const TICK_LENGTH = 6;

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

/** An axis; `names` of its values 0, 1, … stand in place of numbers. */
interface LabelledAxis {
  readonly axis: Axis;
  readonly domain: readonly [number, number];
  readonly names?: readonly string[] | undefined;
}

/** Distances from the edges of a drawing to its frame, px. */
export interface Margins {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * The margins that the texts around a frame need: labels of ticks, the label of the y axis above it, that of the x axis below.
 *
 * @param width Of the whole drawing, px.
 * @param size Size of the text, px.
 */
export function textMargins(
  x: LabelledAxis,
  y: LabelledAxis,
  width: number,
  frameHeight: number,
  size: number,
): Margins {
  const line = lineHeight(size);
  const widest = ({ axis, domain, names }: LabelledAxis, space: number, direction: 'x' | 'y'): number =>
    Math.max(
      0,
      ...(names ?? labelsOf(axisTicks(axis, domain, space, size, direction))).map((label) => textWidth(label, size)),
    );
  const left = widest(y, frameHeight, 'y') + TICK_LENGTH + 4;
  const xLabel = widest(x, width - left - 20, 'x');
  return {
    left: Math.max(left, xLabel / 2),
    right: xLabel / 2 + 2,
    top: wrap(y.axis.label, size, width).length * line + 8,
    bottom: TICK_LENGTH + 5 + line + 2 + wrap(x.axis.label, size, width - left).length * line,
  };
}

const labelsOf = ({ labelled, format }: Ticks): string[] => labelled.map(format);
