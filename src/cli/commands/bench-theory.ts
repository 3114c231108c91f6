import { command } from '../command.js';
import { flag, text } from '../options.js';

export const benchTheory = command({
  name: 'bench theory',
  description: 'seconds, memory and agreement of the ways to compute the theory, each case in its own process',
  options: {
    json: flag('one JSON document on standard output'),
    case: text('<name>', 'one case, in this process, as JSON'),
  },
  run: async () => (await import('../bench/theory.js')).theoryBenchCommand,
});
