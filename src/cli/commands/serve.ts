import { command } from '../command.js';
import { optionalArgument, text, value, wholeNumber, withDefault } from '../options.js';

export const serve = command({
  name: 'serve',
  description: 'the lab in the browser: simulate live beside the theory; with a directory, also open its runs',
  arguments: { dir: optionalArgument('directory of runs written by run --out, sweep or reproduce') },
  options: {
    port: withDefault(8642, value('<number>', wholeNumber(0, 65535), 'port to listen on; 0: any')),
    host: withDefault('127.0.0.1', text('<address>', 'address to listen on')),
  },
  run: async () => (await import('../serve/command.js')).serveCommand,
});
