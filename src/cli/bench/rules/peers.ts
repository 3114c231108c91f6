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
  readonly close: () => Promise<void>;
}

const here = (file: string): string => fileURLToPath(new URL(`bench/peers/${file}`, packageRoot));

function peer(name: string, command: string, args: readonly string[]): RulePeer {
  const { ask, close } = startPeer(name, command, args);
  return { name, close, measure: ({ rule, n, k, replicas, steps }) => ask(rule, n, k, replicas, steps) };
}

/** The programs by hand that run here, and the names of those that do not. */
interface RulePeers {
  readonly found: RulePeer[];
  readonly missing: string[];
}

/** C where gcc is, Numba where the Python of $PYTHON (or python3) has it. */
export function rulePeers(env: Io['env']): RulePeers {
  const directory = mkdtempSync(join(tmpdir(), 'meander-rules-'));
  const found: RulePeer[] = [];
  const missing: string[] = [];
  peerVectors.forEach(({ name, options }, k) => {
    const program = join(directory, `rules${k}`);
    if (succeeds('gcc', ['-O3', ...options, here('rules.c'), '-o', program, '-lm'])) {
      found.push(peer(name, program, []));
    } else missing.push(name);
  });
  const python = env.PYTHON ?? 'python3';
  const hasNumba = succeeds(python, ['-c', 'import numba']);
  for (const { name, options } of [
    { name: 'Numba', options: [] },
    { name: 'Numba, fixed sizes', options: ['fixed'] },
  ]) {
    if (hasNumba) found.push(peer(name, python, [here('numba_rules.py'), ...options]));
    else missing.push(name);
  }
  return { found, missing };
}
