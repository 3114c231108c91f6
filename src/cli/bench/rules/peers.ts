import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Io } from '../../io.js';
import { packageRoot } from '../../version.js';
import { peerVectors, startPeer, succeeds } from '../peer-program.js';

/** What is timed. */
interface Steps {
  readonly rule: string;
  readonly n: number;
  readonly k: number;
  readonly replicas: number;
  readonly steps: number;
}

/** A program by hand that makes the steps of the built-in rules. */
export interface RulePeer {
  readonly name: string;
  /** Seconds of processor time. */
  readonly measure: (steps: Steps) => Promise<number>;
  readonly close: () => void;
}

const here = (file: string): string => fileURLToPath(new URL(`bench/peers/${file}`, packageRoot));

function peer(name: string, command: string, args: readonly string[]): RulePeer {
  const { ask, close } = startPeer(name, command, args);
  return { name, close, measure: ({ rule, n, k, replicas, steps }) => ask(rule, n, k, replicas, steps) };
}

/** C where gcc is, Numba where the Python of $PYTHON (or python3) has it. */
export function installedRulePeers(env: Io['env']): RulePeer[] {
  const directory = mkdtempSync(join(tmpdir(), 'meander-rules-'));
  const compiled = peerVectors.flatMap(({ name, options }, k) => {
    const program = join(directory, `rules${k}`);
    const isMade = succeeds('gcc', ['-O3', ...options, here('rules.c'), '-o', program, '-lm']);
    return isMade ? [peer(name, program, [])] : [];
  });
  const python = env.PYTHON ?? 'python3';
  if (!succeeds(python, ['-c', 'import numba'])) return compiled;
  return [
    ...compiled,
    peer('Numba', python, [here('numba_rules.py')]),
    peer('Numba, fixed sizes', python, [here('numba_rules.py'), 'fixed']),
  ];
}
