import { command } from '../command.js';
import { allowRule, argument, choice, flag, text, texts, value } from '../options.js';

export const collect = command({
  name: 'collect',
  description: 'check all records of a run directory and make the table of results',
  arguments: { dir: argument('run directory') },
  options: {
    trajectories: flag('also write the kept representations over time into trajectories.zarr'),
    allUnits: flag('with --trajectories: all p hidden units, not those simulated'),
    partial: flag('make results-partial.parquet of the points that are finished'),
    allowRule,
  },
  run: async () => (await import('../sweep/collect.js')).collectCommand,
});

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
