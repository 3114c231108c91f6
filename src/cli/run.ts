import { InvalidInputError } from '#core';
import {
  prepare,
  runExperiment,
  stepsOf,
  type Experiment,
  type PreparedPoint,
  type RunReport,
  type Trajectories,
} from '#experiment';
import { withLocalPool } from '#execute';
import { createOutputDirectory, assertUnoccupied, writeAtomically, writeNpy } from '#store';
import { basename, join } from 'node:path';
import { loadExperiment, withLocation, type LoadedExperiment } from './load.js';
import { consoleProgress } from './progress.js';
import { resultsCsv } from './tables/csv.js';
import { runTable } from './tables/run.js';
import { orderOf } from './theory.js';

export interface RunCommandOptions {
  readonly out?: string;
  readonly json?: boolean;
  readonly quick?: boolean;
  readonly workers?: string;
  readonly timing?: boolean;
  readonly weights?: boolean;
  readonly order?: string;
}

/** Exit code after Ctrl-C. */
export const INTERRUPTED = 130;
/** How much looser the target error of a quick look is. */
const QUICK = 3;

export async function runCommand(file: string, options: RunCommandOptions): Promise<void> {
  const workers = workerCount(options.workers);
  if (options.weights && !options.out) throw new InvalidInputError('--weights needs --out DIR to write them into');
  const order = orderOf(options.order);
  const loaded = await loadExperiment(file);
  const experiment = options.quick ? quickened(loaded.experiment) : loaded.experiment;
  const prepared = await withLocation(loaded, () => prepare(experiment, order));
  if (options.out) await assertUnoccupied(options.out);
  if (options.weights) assertWeightsFit(prepared);
  await withLocation(loaded, () => {
    assertTrajectoriesFit(prepared);
  });
  const progress = consoleProgress();
  progress.start(
    experiment.name,
    prepared.reduce((sum, point) => sum + stepsOf(point), 0),
  );
  await onInterruption(async (signal) => {
    const { report, weights, trajectories } = await withLocation(loaded, () =>
      withLocalPool({ workers, progress, signal }, (runTasks) =>
        runExperiment(experiment.name, prepared, runTasks, {
          clock: options.timing ? () => performance.now() / 1000 : undefined,
          keepWeights: options.weights,
        }),
      ),
    );
    const thetas = weights.map((replicas) => replicas.map(([theta]) => theta));
    if (options.out && report.complete) await writeReport(options.out, loaded, file, report, thetas, trajectories);
    process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : runTable(report));
    if (!report.complete) {
      console.error(`interrupted; this is the estimate so far${options.out ? `, ${options.out} was not written` : ''}`);
      process.exitCode = INTERRUPTED;
    }
  });
}

/** Runs work with a signal that the first Ctrl-C gives; a second one ends the process. */
export async function onInterruption<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const interrupt = new AbortController();
  const onInterrupt = (): void => {
    interrupt.abort();
  };
  process.once('SIGINT', onInterrupt);
  process.once('SIGTERM', onInterrupt);
  try {
    return await work(interrupt.signal);
  } finally {
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onInterrupt);
  }
}

export function workerCount(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 1024) {
    throw new InvalidInputError(`--workers ${text}: expected a whole number from 1 to 1024`);
  }
  return count;
}

/** Most numbers of weights, or of trajectories, that are written for one point: 1 GB. */
const MAX_KEPT = 2 ** 27;

function assertTrajectoriesFit(prepared: readonly PreparedPoint[]): void {
  for (const { point, plan } of prepared) {
    const { hiddenUnits, target } = point.model;
    const units = point.simulation.reduceHiddenUnits ? Math.min(hiddenUnits, target.rows + target.cols) : hiddenUnits;
    const { trajectorySamples, stimuli } = plan.measurement;
    const count = plan.replicas * trajectorySamples.length * stimuli.rows * units;
    if (count <= MAX_KEPT) continue;
    throw new InvalidInputError(
      `trajectories of ${plan.replicas} replicas, ${trajectorySamples.length} samples, ${stimuli.rows} probes and ${units} units ` +
        `take ${((count * 8) / 1e9).toPrecision(3)} GB, at most ${((MAX_KEPT * 8) / 1e9).toPrecision(3)} GB can be kept; ` +
        `give fewer trajectorySamples`,
      ['simulation', 'trajectorySamples'],
    );
  }
}

function assertWeightsFit(prepared: readonly PreparedPoint[]): void {
  for (const { point, plan } of prepared) {
    const { hiddenUnits, target } = point.model;
    const count = plan.replicas * hiddenUnits * (target.rows + target.cols);
    if (count <= MAX_KEPT) continue;
    throw new InvalidInputError(
      `--weights: ${plan.replicas} replicas of ${hiddenUnits} hidden units take ${((count * 8) / 1e9).toPrecision(3)} GB, ` +
        `at most ${((MAX_KEPT * 8) / 1e9).toPrecision(3)} GB can be written; give fewer hiddenUnits or replicas`,
    );
  }
}

export function quickened({ name, points }: Experiment): Experiment {
  return {
    name,
    points: points.map((point) => ({
      ...point,
      simulation: { ...point.simulation, targetError: point.simulation.targetError * QUICK },
    })),
  };
}

async function writeReport(
  directory: string,
  { text }: LoadedExperiment,
  file: string,
  report: RunReport,
  weights: readonly { rows: number; cols: number; data: Float64Array }[][],
  trajectories: readonly Trajectories[],
): Promise<void> {
  await createOutputDirectory(directory);
  await writeAtomically(join(directory, basename(file)), text);
  await writeAtomically(join(directory, 'probes.csv'), resultsCsv(report));
  for (const [point, replicas] of weights.entries()) {
    if (replicas.length === 0) continue;
    const { rows, cols } = replicas[0];
    const data = joined(replicas.map((theta) => theta.data));
    await writeNpy(join(directory, `weights-${point}.npy`), data, [replicas.length, rows, cols]);
  }
  for (const [point, { steps, replicas, probes, units }] of trajectories.entries()) {
    if (steps.length === 0) continue;
    const shape = [replicas.length, steps.length, probes, units];
    await writeNpy(join(directory, `trajectory-${point}.npy`), joined(replicas), shape);
  }
  // Last: a directory with a report is complete.
  await writeAtomically(join(directory, 'report.json'), `${JSON.stringify(report, null, 1)}\n`);
}

/** Blocks of equal size one after the other. */
function joined(blocks: readonly Float64Array[]): Float64Array {
  const data = new Float64Array(blocks.length * blocks[0].length);
  blocks.forEach((block, i) => {
    data.set(block, i * block.length);
  });
  return data;
}
