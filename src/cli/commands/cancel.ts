import { command } from '../command.js';
import { argument } from '../options.js';

export const cancel = command({
  name: 'cancel',
  description: 'cancel the jobs of a run that are queued or running on the cluster; finished work is kept',
  arguments: { dir: argument('run directory') },
  run: async () => (await import('../sweep/cancel.js')).cancelCommand,
});
