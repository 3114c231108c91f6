import { command } from '../command.js';
import { argument, flag, order, settings, text, value, workers } from '../options.js';

export const run = command({
  name: 'run',
  description: 'simulate, predict, and compare the two with standard errors',
  arguments: { file: argument('experiment file (YAML or JSON)') },
  options: {
    out: text('<dir>', 'keep the run in this directory: an interrupted one goes on; adds report.json and probes.csv'),
    set: settings,
    json: flag('one JSON document on standard output, everything else on standard error'),
    quick: flag('a quick look: three times the target error, a ninth of the time'),
    plan: flag('print burn-in, lag and duration of each point and the time on this machine, and stop'),
    workers: workers('workers (default: all cores; results do not depend on it)'),
    sources: flag('learning noise or synaptic noise: run each alone and both, and compare the parts of D'),
    order: value(
      '<order>',
      order,
      'automatic (default): the next order of the learning rate for time courses, where it is cheap; next: compare with it, too; leading: do without',
    ),
    timing: flag('fill in the wall time of each point (makes equal runs differ in that number)'),
    allUnits: flag('with --out: the trajectories of all p hidden units, not of those simulated'),
    weights: flag('with --out: the final weights of all replicas as .npy, lifted to all hidden units'),
  },
  run: async () => (await import('../run/command.js')).runCommand,
});
