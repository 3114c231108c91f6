import { command } from '../command.js';
import { allowRule, argument, flag, value } from '../options.js';
import { executor, localOptions, siteOptions } from './execution-options.js';

export const resume = command({
  name: 'resume',
  description: 'continue a run directory where it stopped; on a cluster: resubmit lost tasks',
  arguments: { dir: argument('run directory') },
  options: {
    executor: value('<name>', executor, 'local, slurm or template (default: as before)'),
    check: flag('check every record first; rename damaged ones and compute them again'),
    nothingRuns: flag('confirm that no job of it is queued or running (if the batch system cannot report that)'),
    allowRule,
    ...localOptions,
    ...siteOptions,
  },
  run: async () => (await import('../sweep/resume.js')).resumeCommand,
});
