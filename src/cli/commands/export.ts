import { command } from '../command.js';
import { argument, choice, text, value } from '../options.js';

export const exportTable = command({
  name: 'export',
  description: 'the table of results in another format',
  arguments: { dir: argument('run directory') },
  options: {
    format: value('<name>', choice('csv', 'npz', 'parquet'), 'csv (default), npz or parquet'),
    to: text('<file>', 'a new file (default: results.npz or results.csv in the directory)'),
  },
  run: async () => (await import('../sweep/export.js')).exportCommand,
});
