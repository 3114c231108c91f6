import { command } from '../command.js';
import { argument, choice, required, text, value } from '../options.js';

export const exportTable = command({
  name: 'export',
  description: 'the table of results in another format',
  arguments: { dir: argument('run directory') },
  options: {
    format: required(value('<name>', choice('npz', 'csv', 'parquet'), 'npz, csv or parquet')),
    to: text('<file>', 'a new file (default: results.npz or results.csv in the directory)'),
  },
  run: async () => (await import('../sweep/export.js')).exportCommand,
});
