import { command } from '../command.js';
import { flag } from '../options.js';

export const native = command({
  name: 'native',
  description: 'build the native kernel, which makes steps faster with the same numbers; needs a C compiler',
  options: {
    remove: flag('remove what was built; simulations then use WebAssembly'),
    json: flag('one JSON document on standard output'),
  },
  run: async () => (await import('../native/command.js')).nativeCommand,
});
