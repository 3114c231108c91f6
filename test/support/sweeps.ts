// Sweeps of tiny tasks and what the commands say of their run directories.
import { cp, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inDirectory, temporaryFile } from './directory.js';
import { meanderJson, meanderOutput } from './meander.js';

/** A sweep over up to ten weight decays and as many learning rates as `points` needs. */
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

const finished = new Map<string, Promise<string>>();

/** The finished run directory of a sweep, made once in this process. */
function finishedRun(text: string): Promise<string> {
  const known = finished.get(text);
  if (known) return known;
  const directory = dirname(temporaryFile('sweep.yaml', text));
  const made = meanderOutput(['sweep', 'sweep.yaml', '--out', 'run'], directory).then(() => join(directory, 'run'));
  finished.set(text, made);
  return made;
}

/**
 * Runs `body` beside a finished run directory of its own, `run`: ten weight decays and two learning rates unless `text` says
 * otherwise.
 */
export const inRun = (body: (directory: string) => Promise<void>, text = sweepFile({ points: 20 })): Promise<void> =>
  inDirectory({ 'sweep.yaml': text }, async (directory) => {
    await cp(await finishedRun(text), join(directory, 'run'), { recursive: true, preserveTimestamps: true });
    await body(directory);
  });

type Row = Readonly<Record<string, number | string | null>>;

/** Rows of the table of `run`. */
export const rowsOf = (directory: string, ...args: string[]): Promise<Row[]> =>
  meanderJson<Row[]>(['show', 'run', ...args], directory);

export interface Status {
  readonly tasks: { readonly total: number; readonly finished: number; readonly halfDone: number };
  /** Only of a run that was submitted to a cluster. */
  readonly cluster: {
    readonly active: number;
    readonly underWay: number;
    readonly lost: number;
    readonly problem: string | null;
  };
}

export const statusOf = (run: string, directory?: string): Promise<Status> =>
  meanderJson<Status>(['status', run], directory);

/** Files of the records of finished tasks in an unfinished run directory of less than a thousand tasks. */
export async function recordsIn(run: string): Promise<string[]> {
  const shard = join(run, 'records/000000');
  const names = await readdir(shard).catch(() => []);
  return names.filter((name) => name.endsWith('.record')).map((name) => join(shard, name));
}
