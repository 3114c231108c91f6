// Sweeps of tiny tasks, and processes that are killed.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../meander.js';

/** 200 points of 640 replica-steps... or more, by the duration in steps of each of 4 replicas. */
export function sweepFile({ points = 200, duration = 600, replicas = 4 } = {}): string {
  const list = (count: number, unit: number) => JSON.stringify(Array.from({ length: count }, (_, i) => (i + 1) * unit));
  return `name: small
model:
  hiddenUnits: 3
  input: [{ kind: gaussian, covariance: [1.3, 1.0, 0.8] }]
  learningRate: 0.02
  weightDecay: 0.1
  labelNoiseVariance: 0.25
simulation: { replicas: ${replicas}, seed: 3, burnIn: 200, lag: 20, duration: ${duration} }
sweep:
  model.weightDecay: ${list(Math.min(10, points), 0.02)}
  model.learningRate: ${list(Math.ceil(points / 10), 0.001)}
`;
}

export const tableOf = (directory: string): Promise<Buffer> => readFile(join(directory, 'results.parquet'));

/** A run of the command line that is still going on. */
export function begin(args: readonly string[], cwd: string): ChildProcess & { readonly ended: Promise<Ended> } {
  const child = spawn(process.execPath, [join(root, 'dist/cli/main.js'), ...args], { cwd });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as string | null,
    stdout,
    stderr,
  }));
  return Object.assign(child, { ended });
}

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface ProcessOfSystem {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

function processes(): ProcessOfSystem[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return state === 'Z' ? [] : [{ pid: Number(name), parent: Number(parent), command }];
      } catch {
        return [];
      }
    });
}

/** Processes that a process began and that still run. */
export const childrenOf = (pid: number): number[] =>
  processes().flatMap((process) => (process.parent === pid ? [process.pid] : []));

/** Processes that say in their environment that they belong to a configuration of SLURM, and still run. */
export function jobProcesses(config: string): number[] {
  return processes().flatMap(({ pid, command }) => {
    if (!command.includes('/dist/')) return [];
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
      const own =
        environment.includes(`SLURM_CONF=${config}`) && environment.some((line) => line.startsWith('SLURM_JOB_ID='));
      return own ? [pid] : [];
    } catch {
      return [];
    }
  });
}
