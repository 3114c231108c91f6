import { command } from '../command.js';
import { argument, flag, text } from '../options.js';

export const status = command({
  name: 'status',
  description: 'progress of a run directory',
  arguments: { dir: argument('run directory') },
  options: {
    json: flag('one JSON document on standard output'),
    profile: text(
      '<file>',
      'site profile (YAML) whose commands ask the batch system, if another user submitted the run',
    ),
  },
  run: async () => (await import('../sweep/status.js')).statusCommand,
});
