import { command } from '../command.js';
import { flag, positive, text, value, withDefault } from '../options.js';

export const native = command({
  name: 'native',
  description: 'build the native kernel, which makes steps faster with the same numbers; needs a C compiler',
  options: {
    remove: flag('remove what was built; simulations then use WebAssembly'),
    json: flag('one JSON document on standard output'),
  },
  run: async () => (await import('../native/command.js')).nativeCommand,
});

export const bench = command({
  name: 'bench',
  description:
    'steps per second against the peers installed here (C, Numba, NumPy, JAX, PyTorch), and the time to a 1% error of D',
  options: {
    json: flag('one JSON document on standard output'),
    rounds: withDefault(7, value('<count>', positive(1000), 'turns that every contender takes')),
    seconds: withDefault(0.25, value('<time>', positive(1000), 'seconds of one turn')),
  },
  run: async () => (await import('../bench/command.js')).benchCommand,
});

export const benchTheory = command({
  name: 'bench theory',
  description: 'seconds, memory and agreement of the ways to compute the theory, each case in its own process',
  options: {
    json: flag('one JSON document on standard output'),
    case: text('<name>', 'one case, in this process, as JSON'),
  },
  run: async () => (await import('../bench/theory.js')).theoryBenchCommand,
});

export const benchRules = command({
  name: 'bench rules',
  description: 'steps per second of every built-in rule, against programs by hand (C, Numba)',
  options: {
    json: flag('one JSON document on standard output'),
    rounds: withDefault(15, value('<count>', positive(1000), 'turns that every contender takes')),
    inputs: value('<n>', positive(1000), 'the size with so many inputs alone'),
  },
  run: async () => (await import('../bench/rules/command.js')).benchRulesCommand,
});
