import { command } from '../command.js';
import { argument, choice, text, texts, value } from '../options.js';

export const exportTable = command({
  name: 'export',
  description: 'the table of results in another format',
  arguments: { dir: argument('run directory') },
  options: {
    format: value('<name>', choice('csv', 'npz', 'parquet'), 'csv (default), npz or parquet'),
    where: texts('condition', 'only rows such as learningRate<0.01 probe<=5; operators < <= = != >= >'),
    sort: text('<column>', 'order of the rows; -COLUMN for the largest first'),
    columns: text(
      '<list>',
      'columns to write, separated by commas; F, D, h2, D/h2, half-life and v stand for all three of a quantity',
    ),
    to: text('<file>', 'a new file (default: results.npz or results.csv in the directory)'),
  },
  run: async () => (await import('../sweep/export.js')).exportCommand,
});
