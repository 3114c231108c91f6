import { PIXELS_PER_MM } from '#core';
import { choice, flag, text, value, type ValueKind } from '../options.js';

/** Pixels of the widest figure, and of the narrowest and lowest. */
const [MAX_SIDE, MIN_WIDTH, MIN_HEIGHT] = [4000, 200, 100];

/** A length on paper or on a screen, in pixels. */
const length = (least: number): ValueKind<number> => ({
  expected:
    `a length such as 85mm, 8.5cm or 600px, from ${least} to ${MAX_SIDE} px ` +
    `(${Math.ceil(least / PIXELS_PER_MM)} to ${Math.floor(MAX_SIDE / PIXELS_PER_MM)} mm)`,
  parse: (text) => {
    const [, digits = '', unit = 'px'] = /^\s*(\d+(?:\.\d+)?)\s*(mm|cm|px)?\s*$/.exec(text) ?? [];
    const pixels = Number(digits) * { mm: PIXELS_PER_MM, cm: 10 * PIXELS_PER_MM, px: 1 }[unit as 'mm' | 'cm' | 'px'];
    return pixels >= least && pixels <= MAX_SIDE ? Math.round(pixels) : undefined;
  },
});

/** What a figure shows and how; only with `--figure`. */
export const figureOptions = {
  quantity: text(
    '<name>',
    'with --figure: what to draw: D, F, h2, D/h2, half-life, v or their names, loss, regularizedLoss, selfCorrelation through phases (D; over probes several)',
  ),
  probe: text(
    '<list>',
    'with --figure: the probes by number or label, such as 2, 1,3, 2-5 or rare (of two parameters: one; 1)',
  ),
  xLabel: text('<text>', 'with --figure: the label of the x axis'),
  yLabel: text('<text>', 'with --figure: the label of the y axis'),
  log: value(
    '<axes>',
    choice('x', 'y', 'xy', 'none'),
    'with --figure: the logarithmic axes, x, y, xy or none (default: by the values); 0 is at the end, behind a break',
  ),
  letters: flag('with --figure: a letter for each panel'),
  noCaption: flag('with --figure: without the caption below it'),
  noRatio: flag('with --figure: without the panel of simulation / theory'),
  width: value(
    '<length>',
    length(MIN_WIDTH),
    'with --figure: its width, such as 85mm or 600px (720px); text keeps its size',
  ),
  height: value('<length>', length(MIN_HEIGHT), 'with --figure: its height (default: by the shape of its panels)'),
  to: text(
    '<file>',
    'with --figure: where to write it: NAME.svg, .png or .pdf, or NAME for all three (default: a name in DIR/figures)',
  ),
};
