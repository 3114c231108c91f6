import { command } from '../command.js';
import { allowRule, argument, flag } from '../options.js';

export const collect = command({
  name: 'collect',
  description: 'check all records of a run directory and make the table of results',
  arguments: { dir: argument('run directory') },
  options: {
    trajectories: flag('also write the kept representations over time into trajectories.zarr'),
    allUnits: flag('with --trajectories: all p hidden units, not those simulated'),
    partial: flag('make results-partial.parquet of the points that are finished'),
    allowRule,
  },
  run: async () => (await import('../sweep/collect.js')).collectCommand,
});
