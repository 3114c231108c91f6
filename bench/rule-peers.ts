// Programs by hand that make the steps of Oja's rule and of similarity matching: C where gcc is, Numba where the Python of $PYTHON
// (or python3) has it.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { peerVectors, startPeer, succeeds } from '../src/cli/bench/peer-program.js';

/** What is timed. */
interface Steps {
  readonly rule: string;
  readonly n: number;
  readonly k: number;
  readonly replicas: number;
  readonly steps: number;
}

export interface RulePeer {
  readonly name: string;
  /** Seconds of processor time. */
  readonly measure: (steps: Steps) => Promise<number>;
  readonly close: () => void;
}

export const peerRules: readonly string[] = ['oja', 'similarityMatching'];

const here = (file: string): string => fileURLToPath(new URL(`peers/${file}`, import.meta.url));

function peer(name: string, command: string, args: readonly string[]): RulePeer {
  const { ask, close } = startPeer(name, command, args);
  return { name, close, measure: ({ rule, n, k, replicas, steps }) => ask(rule, n, k, replicas, steps) };
}

export function installedRulePeers(): RulePeer[] {
  const directory = mkdtempSync(join(tmpdir(), 'meander-rules-'));
  const compiled = peerVectors.flatMap(({ name, options }, k) => {
    const program = join(directory, `rules${k}`);
    const isMade = succeeds('gcc', ['-O3', ...options, here('rules.c'), '-o', program, '-lm']);
    return isMade ? [peer(name, program, [])] : [];
  });
  const python = process.env.PYTHON ?? 'python3';
  if (!succeeds(python, ['-c', 'import numba'])) return compiled;
  return [
    ...compiled,
    peer('Numba', python, [here('numba_rules.py')]),
    peer('Numba, fixed sizes', python, [here('numba_rules.py'), 'fixed']),
  ];
}
