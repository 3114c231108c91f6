import { InvalidInputError, shellPath } from '#core';
import { assertSameRun, createRun, dryRun, loadSteppers, taskSteps } from '#execute';
import { preparingToRun, quickened, type PreparedPoint } from '#experiment';
import { sourceOf } from '#library';
import { assertUnoccupied, RunDirectory } from '#store';
import { Cost } from '../cost/cost.js';
import { noteCost } from '../cost/note.js';
import { printPlan } from '../cost/plan.js';
import type { Io } from '../io.js';
import { loadExperiment, printWarnings, withLocationEach } from '../load.js';
import { watchPreparation } from '../theory/watch.js';
import { finish, localOptions, locked, submit, type ExecutionOptions } from './execution.js';
import { continueRun } from './resume.js';
import { siteFrom } from './site.js';

interface SweepInput extends ExecutionOptions {
  readonly file: string;
  readonly out?: string;
  readonly set?: readonly string[];
  readonly taskReplicas?: number;
  readonly quick?: boolean;
  readonly plan?: boolean;
  readonly dryRun?: boolean;
}

/** `meander sweep`: makes a run directory, or continues that of the same experiment, and does its tasks here, or submits them. */
export async function sweepCommand({ file, out, ...input }: SweepInput, io: Io): Promise<void> {
  if (input.plan) {
    await printPlan((await experimentOf(file, input, io)).prepared, input, io);
    return;
  }
  if (out === undefined)
    throw new InvalidInputError('--out DIR is missing: the run directory, new, empty, or that of this experiment');
  const site = await siteFrom(input);
  const execution = localOptions(input, site);
  if (input.dryRun && !site)
    throw new InvalidInputError('--dry-run prints the job script: it needs --executor slurm or template');
  const exists = await RunDirectory.isAt(out);
  if (exists && input.dryRun) {
    throw new InvalidInputError(
      `${out}: is already a run directory; meander resume ${shellPath(out)} submits its lost tasks, --dry-run needs a new one`,
    );
  }
  if (!exists) await assertUnoccupied(out);
  const { loaded, experiment, prepared } = await experimentOf(file, input, io);
  const { quick = false, taskReplicas } = input;
  const cost = new Cost();
  const source = { ...sourceOf(loaded, quick), name: experiment.name, prepared: cost.counting(prepared), taskReplicas };
  if (site && input.dryRun) {
    io.stdout.write(await dryRun(out, taskSteps(source), site, io.env));
    return;
  }
  if (exists) {
    await RunDirectory.use(out, (run) => {
      assertSameRun(run, { ...source, prepared });
      return Promise.resolve();
    });
    await locked(out, 'sweep', (run, lock) => continueRun(run, lock, input, io));
    return;
  }
  await createRun(out, source);
  if (!site) await noteCost(cost, input.workers, io);
  await locked(out, 'sweep', (run, lock) => (site ? submit(run, site, io) : finish(run, lock, execution, io)));
}

/** Reads an experiment; its points are prepared one by one, each time that they are iterated. */
async function experimentOf(file: string, { set, quick }: Pick<SweepInput, 'set' | 'quick'>, io: Io) {
  const loaded = await loadExperiment(file, set);
  printWarnings(loaded, io);
  const experiment = quick ? quickened(loaded.experiment) : loaded.experiment;
  const steppers = await loadSteppers();
  const prepared: Iterable<PreparedPoint<null>> = {
    [Symbol.iterator]: () =>
      withLocationEach(loaded, preparingToRun(experiment, 'leading', steppers, watchPreparation(experiment, io))),
  };
  return { loaded, experiment, prepared };
}
