import { choice, flag, text, value, type ValueKind } from '../options.js';

/** Most probes in one list: a figure shows far fewer. */
const MAX_LISTED = 1000;

/** Numbers and ranges of them, separated by commas; each once, in their order. */
const probeList: ValueKind<readonly number[]> = {
  expected: 'numbers of probes from 1 on, such as 2, 1,3 or 2-5',
  parse(list) {
    const ranges = list.split(',').map((part) => /^\s*([1-9]\d{0,5})(?:\s*-\s*([1-9]\d{0,5}))?\s*$/.exec(part));
    const numbers = new Set<number>();
    for (const range of ranges) {
      if (!range) return undefined;
      const [first, last] = [Number(range[1]), Number(range.at(2) ?? range[1])];
      if (last < first || last - first >= MAX_LISTED) return undefined;
      for (let probe = first; probe <= last; probe++) numbers.add(probe);
    }
    return [...numbers].sort((a, b) => a - b);
  },
};

/** What a figure shows and how; only with `--figure`. */
export const figureOptions = {
  quantity: text(
    '<name>',
    'with --figure: what to draw: D, F, h2, D/h2, half-life, v or their names, loss, regularizedLoss (D; over probes several)',
  ),
  probe: value('<list>', probeList, 'with --figure: the probes, such as 2, 1,3 or 2-5 (of two parameters: one; 1)'),
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
