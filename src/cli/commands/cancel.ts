import { command } from '../command.js';
import { argument } from '../options.js';

export const cancel = command({
  name: 'cancel',
  description: 'take back what waits or runs on the cluster; what was done is kept',
  arguments: { dir: argument('run directory') },
  run: async () => (await import('../sweep/cancel.js')).cancelCommand,
});
