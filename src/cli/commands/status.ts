import { command } from '../command.js';
import { argument, flag } from '../options.js';

export const status = command({
  name: 'status',
  description: 'progress of a run directory',
  arguments: { dir: argument('run directory') },
  options: { json: flag('one JSON document on standard output') },
  run: async () => (await import('../sweep/status.js')).statusCommand,
});
