import { command } from '../command.js';
import { argument, flag, value } from '../options.js';
import { executor, localOptions, siteOptions } from './execution-options.js';

export const resume = command({
  name: 'resume',
  description: 'go on with a run directory where it stopped; on a cluster: submit what was lost',
  arguments: { dir: argument('run directory') },
  options: {
    executor: value('<name>', executor, 'local, slurm or template (default: as before)'),
    check: flag('read every record first; set aside what is damaged and compute it again'),
    nothingRuns: flag('nothing of it waits or runs on a cluster (where the batch system cannot be asked)'),
    ...localOptions,
    ...siteOptions,
  },
  run: async () => (await import('../sweep/resume.js')).resumeCommand,
});
