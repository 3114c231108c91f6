import { command } from '../command.js';
import { argument, text } from '../options.js';

export const cancel = command({
  name: 'cancel',
  description: 'cancel the jobs of a run that are queued or running on the cluster; finished work is kept',
  arguments: { dir: argument('run directory') },
  options: {
    profile: text(
      '<file>',
      'site profile (YAML) whose commands ask the batch system, if another user submitted the run',
    ),
  },
  run: async () => (await import('../sweep/cancel.js')).cancelCommand,
});
