import { command } from '../command.js';
import { argument, optionalArgument } from '../options.js';

export const newFile = command({
  name: 'new',
  description: 'write a template: "new rule" a learning rule of your own, with an experiment beside it',
  arguments: {
    what: argument('rule'),
    file: optionalArgument('rule file to write (my-rule.ts); .ts, .mts, .js or .mjs'),
  },
  run: async () => (await import('../new-rule/command.js')).newCommand,
});
