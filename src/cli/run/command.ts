import { CancelledError, InvalidInputError } from '#core';
import { collect, loadSteppers, runInDirectory, withLocalPool, writeReport } from '#execute';
import {
  hasNextOrder,
  needsPilot,
  preparingToRun,
  quickened,
  reportResults,
  runExperiment,
  taskTemplate,
  type Experiment,
  type Order,
  type PreparedPoint,
  type RunReport,
  type RunResult,
} from '#experiment';
import { assertTrajectoriesFit, assertWeightsFit, sourceOf, type LoadedExperiment } from '#library';
import { RunDirectory } from '#store';
import { availableParallelism } from 'node:os';
import { Cost } from '../cost/cost.js';
import { noteCost } from '../cost/note.js';
import { printPlan } from '../cost/plan.js';
import { lineWidth, note, type Io } from '../io.js';
import { loadExperiment, printWarnings, withKeyLocation, withLocation } from '../load.js';
import { consoleProgress } from '../progress.js';
import { noteKernel } from '../native/note.js';
import { onInterruption } from '../signals.js';
import { sweepNoiseSources } from '../settings.js';
import { watchPreparation } from '../theory/watch.js';
import { runTable } from '../tables/run.js';

interface RunInput {
  readonly file: string;
  readonly set?: readonly string[];
  readonly out?: string;
  readonly json?: boolean;
  readonly quick?: boolean;
  readonly plan?: boolean;
  readonly workers?: number;
  readonly timing?: boolean;
  readonly weights?: boolean;
  readonly allUnits?: boolean;
  readonly order?: Order;
  readonly sources?: boolean;
}

/** An experiment that is ready to run, and how. */
interface Prepared {
  readonly loaded: LoadedExperiment;
  readonly name: string;
  readonly points: readonly PreparedPoint<null>[];
  readonly input: RunInput;
  readonly order: Order;
  readonly io: Io;
}

/** `meander run`: simulates, predicts and compares the two. Throws CancelledError where it was interrupted. */
export async function runCommand({ order = 'automatic', ...input }: RunInput, io: Io): Promise<void> {
  const { file, out } = input;
  if (out === '') throw new InvalidInputError('--out: expected the name of a directory');
  if (input.weights && out === undefined) throw new InvalidInputError('--weights needs --out DIR to write them into');
  if (input.allUnits && out === undefined) {
    throw new InvalidInputError('--all-units needs --out DIR to write the trajectories into');
  }
  const loaded = await loadExperiment(file, input.set, input.sources ? sweepNoiseSources : undefined);
  printWarnings(loaded, io);
  const experiment = input.quick ? quickened(loaded.experiment) : loaded.experiment;
  const points = await prepared(loaded, experiment, order, io);
  if (input.plan) {
    await printPlan(points, input, io);
    return;
  }
  if (input.weights) assertWeightsFit(points);
  await withLocation(loaded, () => {
    assertTrajectoriesFit(points, input.allUnits ?? false);
  });
  for (const line of ignoredNotes(points, out)) note(io, line);
  noteKernel(
    io,
    input.timing,
    points.map(({ point }) => point.model),
  );
  const ready = { loaded, name: experiment.name, points, input, order, io };
  await (out === undefined ? runHere(ready) : runInto(out, ready));
}

/** Points with their predictions, or with plans from pilot runs where nothing is predicted. */
async function prepared(
  loaded: LoadedExperiment,
  experiment: Experiment,
  order: Order,
  io: Io,
): Promise<PreparedPoint<null>[]> {
  const pilots = experiment.points.filter(needsPilot).length;
  if (pilots > 0) note(io, `note: a pilot run finds the times of ${pilots === 1 ? 'a point' : `${pilots} points`}`);
  const steppers = await loadSteppers();
  return withLocation(loaded, () => [...preparingToRun(experiment, order, steppers, watchPreparation(experiment, io))]);
}

/** What is not done as the experiment asks for it. */
function ignoredNotes(points: readonly PreparedPoint<null>[], out: string | undefined): string[] {
  const rounded = points.find(({ point, plan }) => {
    const { duration } = point.simulation;
    return duration !== 'auto' && duration !== (plan.samples - 1) * plan.lag;
  });
  const isLost = out === undefined && points.some(({ point }) => point.simulation.trajectorySamples > 0);
  return [
    ...(rounded
      ? [
          `note: simulated are ${(rounded.plan.samples - 1) * rounded.plan.lag} steps, the most of a duration of ` +
            `${rounded.point.simulation.duration} that are a multiple of the lag ${rounded.plan.lag}`,
        ]
      : []),
    ...(isLost ? ['note: trajectorySamples needs --out DIR to write trajectories into; none are written'] : []),
  ];
}

/** On threads of this process, which keep nothing. Throws CancelledError once the estimate so far is printed. */
async function runHere({ loaded, name, points, input, io }: Prepared): Promise<void> {
  const cost = costOf(points);
  await noteCost(cost, input.workers, io);
  const progress = consoleProgress(io);
  progress.start(name, cost.replicaSteps);
  await onInterruption(io, async (signal) => {
    const { report } = await withLocation(loaded, () =>
      withLocalPool({ workers: input.workers, progress, signal }, (runTasks) =>
        runExperiment(name, points, runTasks, {
          clock: input.timing ? seconds : undefined,
          workers: input.workers ?? availableParallelism(),
        }),
      ),
    );
    io.stdout.write(input.json ? `${JSON.stringify(report)}\n` : tableOf(report, points, io));
    if (!report.complete) throw new CancelledError('interrupted; this is the estimate so far');
  });
}

/**
 * In a run directory, which is claimed before the first step and keeps what is done: the same command, or `meander resume`,
 * goes on where it stopped. Throws CancelledError where it was interrupted.
 */
async function runInto(out: string, { loaded, name, points, input, order, io }: Prepared): Promise<void> {
  const { weights: keepWeights = false, allUnits = false, quick = false, workers, json } = input;
  const source = {
    ...sourceOf(loaded, quick, { order, allUnits }),
    name,
    prepared: points,
    keepWeights,
    command: 'run',
  };
  // A run that goes on was announced when it began, and what is left of it is less.
  if (!(await RunDirectory.isAt(out))) await noteCost(costOf(points), workers, io);
  const progress = consoleProgress(io);
  const began = seconds();
  const result = await onInterruption(io, (signal) =>
    withKeyLocation(
      () => loaded.document,
      () =>
        runInDirectory(out, source, { workers, progress, signal }, async (resultsOf, run) => {
          const kept: RunResult<null> = await reportResults(name, points, resultsOf);
          await collect(run);
          return kept;
        }),
    ),
  );
  const report = input.timing ? withSeconds(result.report, seconds() - began) : result.report;
  const text = json ? `${JSON.stringify(report)}\n` : tableOf(report, points, io);
  try {
    const written = points.map(({ point, plan }) => taskTemplate(point, plan, keepWeights));
    await writeReport(out, { ...result, report, points: written, allUnits });
  } finally {
    // Also where it cannot be written: the numbers are there.
    io.stdout.write(text);
  }
}

function tableOf(report: RunReport<null>, points: readonly PreparedPoint<null>[], io: Io): string {
  const hasNext = points.map(
    ({ point, prediction }) => prediction !== null && hasNextOrder(point, prediction.singularValues.length),
  );
  return runTable(report, lineWidth(io.stdout), hasNext);
}

function costOf(points: readonly PreparedPoint<null>[]): Cost {
  const cost = new Cost();
  for (const point of points) cost.add(point);
  return cost;
}

const seconds = (): number => performance.now() / 1000;

/** The points are simulated side by side: each gets its share, by its steps, of the time that all took. */
function withSeconds<Report extends { readonly points: readonly { readonly steps: number }[] }>(
  report: Report,
  elapsed: number,
): Report {
  const total = report.points.reduce((sum, { steps }) => sum + steps, 0);
  return { ...report, points: report.points.map((point) => ({ ...point, seconds: (elapsed * point.steps) / total })) };
}
