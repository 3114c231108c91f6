import { choice, count, formerly, seconds, text, value, workers } from '../options.js';

export const executor = choice('local', 'slurm', 'template');

/** How `sweep` and `resume` do their work on this machine. */
export const localOptions = {
  workers: workers('local: worker processes (default: all cores; results do not depend on it)'),
  checkpoint: value('<seconds>', seconds(1, 30), 'local: most seconds of work that a killed task loses, 1 to 30 (20)'),
};

/** What they ask of a cluster; these go over the site profile. */
export const siteOptions = {
  profile: text('<file>', 'site profile (YAML): any of the options below, and more; see docs/sweeps.md'),
  partition: text('<name>', 'partition of the cluster'),
  account: text('<name>', 'account to charge'),
  time: text('<limit>', 'time limit of an array task; unfinished work is queued again'),
  memory: text('<size>', 'memory of an array task'),
  cpus: value('<count>', count, 'processors of an array task (1)'),
  arrayLimit: value('<count>', count, 'array tasks that may run at the same time'),
  arrayTasks: formerly(
    'elements',
    value(
      '<count>',
      count,
      'number of array tasks to pack the tasks into (default: by the amount of work, at most 1000)',
    ),
  ),
  warning: value(
    '<seconds>',
    count,
    'seconds before the time limit at which an array task stops and is queued again (90)',
  ),
};
