import { command } from '../command.js';
import { argument, flag, order, settings, stepList, value } from '../options.js';

export const theory = command({
  name: 'theory',
  description: 'predict fluctuation, diffusion, directed drift and time courses of each probe',
  arguments: { file: argument('experiment file (YAML or JSON)') },
  options: {
    set: settings,
    json: flag('one JSON document on standard output, with time courses'),
    times: value(
      '<list>',
      stepList,
      'steps at which to predict the courses, such as 1e6,1e7,1e8 (default: to the loss of correlation)',
    ),
    sources: flag('learning noise or synaptic noise: parts of D, how each scales, and how isotropic it is'),
    order: value(
      '<order>',
      order,
      'automatic (default): the next order of the learning rate for time courses and errors, where it is cheap; next: print it, too; leading: do without',
    ),
  },
  run: async () => (await import('../theory/command.js')).theoryCommand,
});
