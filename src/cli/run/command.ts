import { CancelledError, InvalidInputError } from '#core';
import { prepare, runExperiment, stepsOf, type Order } from '#experiment';
import { withLocalPool } from '#execute';
import { assertUnoccupied } from '#store';
import type { Io } from '../io.js';
import { loadExperiment, printWarnings, withLocation } from '../load.js';
import { consoleProgress } from '../progress.js';
import { quickened } from '../quick.js';
import { onInterruption } from '../signals.js';
import { runTable } from '../tables/run.js';
import { assertTrajectoriesFit, assertWeightsFit } from './size.js';
import { writeRun } from './write.js';

interface RunInput {
  readonly file: string;
  readonly out?: string;
  readonly json?: boolean;
  readonly quick?: boolean;
  readonly workers?: number;
  readonly timing?: boolean;
  readonly weights?: boolean;
  readonly order?: Order;
}

/** `meander run`: simulates, predicts and compares the two. Throws CancelledError once the estimate so far is printed. */
export async function runCommand({ file, out, order = 'leading', ...input }: RunInput, io: Io): Promise<void> {
  if (input.weights && !out) throw new InvalidInputError('--weights needs --out DIR to write them into');
  const loaded = await loadExperiment(file);
  printWarnings(loaded, io);
  const experiment = input.quick ? quickened(loaded.experiment) : loaded.experiment;
  const prepared = await withLocation(loaded, () => prepare(experiment, order));
  if (out) await assertUnoccupied(out);
  if (input.weights) assertWeightsFit(prepared);
  await withLocation(loaded, () => {
    assertTrajectoriesFit(prepared);
  });
  const progress = consoleProgress(io);
  progress.start(
    experiment.name,
    prepared.reduce((sum, point) => sum + stepsOf(point), 0),
  );
  await onInterruption(io, async (signal) => {
    const result = await withLocation(loaded, () =>
      withLocalPool({ workers: input.workers, progress, signal }, (runTasks) =>
        runExperiment(experiment.name, prepared, runTasks, {
          clock: input.timing ? () => performance.now() / 1000 : undefined,
          keepWeights: input.weights,
        }),
      ),
    );
    const { report, ...kept } = result;
    const { text } = loaded;
    if (out && report.complete) await writeRun(out, { file, text, report, points: experiment.points, ...kept });
    io.stdout.write(input.json ? `${JSON.stringify(report)}\n` : runTable(report));
    if (report.complete) return;
    throw new CancelledError(`interrupted; this is the estimate so far${out ? `, ${out} was not written` : ''}`);
  });
}
