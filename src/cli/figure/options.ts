import { choice, flag, text, value } from '../options.js';

/** What a figure shows and how; only with `--figure`. */
export const figureOptions = {
  quantity: text(
    '<name>',
    'with --figure: what to draw: D, F, h2, D/h2, half-life, v or their names, loss, regularizedLoss (D; over probes several)',
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
};
