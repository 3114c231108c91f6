import { command } from '../command.js';
import { argument, count, formerly, required, text, value, wholeNumber } from '../options.js';

/** What a job script calls for one array task. */
export const work = command({
  name: 'work',
  description: 'run the tasks of one array task',
  hidden: true,
  arguments: { dir: argument('run directory') },
  options: {
    submission: required(value('<number>', count, 'number of the submission, from 1')),
    arrayTask: formerly(
      'element',
      required(value('<number>', wholeNumber(), 'number of the array task in it, from 0')),
    ),
    rule: text('<sha256>', 'the code of a rule file that it may run'),
  },
  run: async () => (await import('../sweep/work.js')).workCommand,
});
