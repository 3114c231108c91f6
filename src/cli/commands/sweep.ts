import { command } from '../command.js';
import { argument, count, flag, settings, text, value } from '../options.js';
import { executor, localOptions, siteOptions } from './execution-options.js';

export const sweep = command({
  name: 'sweep',
  description: 'run every point of an experiment in a crash-safe run directory',
  arguments: { file: argument('experiment file (YAML or JSON)') },
  options: {
    out: text('<dir>', 'the run directory: new, empty, or one of this experiment to continue; needed without --plan'),
    executor: value('<name>', executor, 'local (default), slurm, or template: any batch system by a site profile'),
    ...localOptions,
    taskReplicas: value('<count>', count, 'replicas of one task (results do not depend on it)'),
    set: settings,
    quick: flag('a quick look: three times the target error, a ninth of the time'),
    plan: flag('print burn-in, lag and duration of each point and the time on this machine, and stop'),
    dryRun: flag('print the job script and write nothing'),
    ...siteOptions,
  },
  run: async () => (await import('../sweep/sweep.js')).sweepCommand,
});
