import { command } from '../command.js';
import { figureOptions } from '../figure/options.js';
import { allowRule, argument, count, flag, text, texts, value } from '../options.js';

export const show = command({
  name: 'show',
  description: 'the table of results in the terminal, or a figure of it',
  arguments: { dir: argument('run directory') },
  options: {
    where: texts('condition', 'only rows such as learningRate<0.01 probe<=5; operators < <= = != >= >'),
    sort: text('<column>', 'order of the rows; -COLUMN for the largest first, -D for the fastest diffusion'),
    columns: text(
      '<list>',
      'columns to show, separated by commas; F, D, h2, D/h2, half-life and v stand for all three of a quantity',
    ),
    limit: value('<count>', count, 'rows to show (50)'),
    json: flag('the rows as JSON on standard output'),
    sources: flag('learning noise or synaptic noise: D with each alone and with both, as run --sources prints it'),
    figure: flag('draw theory beside simulation over one or two swept parameters, or over probes, into DIR/figures'),
    ...figureOptions,
    allowRule,
  },
  run: async () => (await import('../sweep/show.js')).showCommand,
});
