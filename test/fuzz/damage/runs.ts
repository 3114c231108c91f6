// The run directories that are damaged: one that is done and one that was interrupted, of the same experiment.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { begin } from '../../support/meander.js';
import { until } from '../../support/until.js';
import type { Host } from '../host.js';

export interface Base {
  readonly name: 'done' | 'begun';
  readonly files: readonly string[];
}

export interface Bases {
  readonly bases: readonly Base[];
  /** What the table of both is when nothing is damaged. */
  readonly table: Buffer;
  readonly rows: string;
}

const sweep = `name: small
model:
  hiddenUnits: 3
  input: [{ kind: gaussian, covariance: [1.3, 1.0, 0.8] }]
  learningRate: 0.02
  weightDecay: 0.1
  labelNoiseVariance: 0.25
simulation: { replicas: 4, seed: 3, burnIn: 200, lag: 20, duration: 200000, trajectorySamples: 3 }
sweep: { model.weightDecay: [0.1, 0.2], model.learningRate: [0.01, 0.02, 0.03] }
`;

/** Makes both in a directory. */
export async function makeBases(directory: string, host: Host): Promise<Bases> {
  await writeFile(join(directory, 'sweep.yaml'), sweep);
  // Interrupted after the second task, so that there are records, a checkpoint, and tasks that have not begun.
  const child = begin(['sweep', 'sweep.yaml', '--out', 'begun', '--workers', '1'], directory);
  await until(
    async () => (await filesOf(directory, 'begun')).filter((name) => name.endsWith('.record')).length >= 2,
    5,
  );
  child.kill('SIGINT');
  await child.ended;
  for (const args of [
    ['sweep', 'sweep.yaml', '--out', 'done'],
    ['collect', 'done', '--trajectories'],
    ['collect', 'begun', '--partial'],
  ]) {
    const { code, stderr } = await host.run(args, directory);
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${String(code)}: ${stderr}`);
  }
  const { stdout: rows } = await host.run(['show', 'done', '--json'], directory);
  const names = ['done', 'begun'] as const;
  const bases = names.map(async (name) => ({ name, files: await filesOf(directory, name) }));
  return { bases: await Promise.all(bases), table: await readFile(join(directory, 'done/results.parquet')), rows };
}

async function filesOf(directory: string, name: string): Promise<string[]> {
  const entries = await readdir(join(directory, name), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(directory, name).length + 1))
    .sort();
}
