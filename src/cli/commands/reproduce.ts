import { command } from '../command.js';
import { flag, text, value, wholeNumber, withDefault, workers } from '../options.js';

export const reproduce = command({
  name: 'reproduce',
  description:
    'test every claim of the paper, and ours, by theory and simulation: figures, numbers and a verdict for each',
  options: {
    quick: flag('minutes (default): errors of one or two percent'),
    full: flag('publication quality: a third of the errors, nine times as long; continues after an interruption'),
    out: withDefault('reproduction', text('<dir>', 'directory for report.html, report.json, figures and tables')),
    claims: text('<list>', 'some claims only, such as 1,3a,4'),
    seed: withDefault(1, value('<number>', wholeNumber(0, Number.MAX_SAFE_INTEGER), 'fixes every random number')),
    workers: workers('worker processes (default: all cores; results do not depend on it)'),
  },
  run: async () => (await import('../reproduce/command.js')).reproduceCommand,
});
