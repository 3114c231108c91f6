// Programs by hand that make the steps of Oja's rule and of similarity matching: C where gcc is, Numba where the Python of $PYTHON
// (or python3) has it.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

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

function succeeds(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** A program that reads lines and answers with seconds. */
function peer(name: string, command: string, args: readonly string[]): RulePeer {
  const { stdin, stdout } = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines: AsyncIterator<string, undefined> = createInterface({ input: stdout })[Symbol.asyncIterator]();
  return {
    name,
    measure: async ({ rule, n, k, replicas, steps }) => {
      stdin.write(`${rule} ${n} ${k} ${replicas} ${steps}\n`);
      const answer = await lines.next();
      if (answer.done) throw new Error(`${name} ended early`);
      return Number(answer.value);
    },
    close: () => {
      stdin.end();
    },
  };
}

export function installedRulePeers(): RulePeer[] {
  const directory = mkdtempSync(join(tmpdir(), 'meander-rules-'));
  const compiled = [
    { name: 'C, 128 bits', options: ['-msse4.2', '-DBYTES=16'] },
    { name: 'C, native width', options: ['-march=native', '-mprefer-vector-width=512', '-DBYTES=64'] },
  ].flatMap(({ name, options }, k) => {
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
