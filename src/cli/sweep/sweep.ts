import { CancelledError, InvalidInputError } from '#core';
import {
  cancelJobs,
  clusterState,
  collect,
  createRun,
  dryRun,
  runLocally,
  submissionsOf,
  submitTasks,
  lockLostError,
  taskSteps,
  unfinishedTasks,
  type LocalRunOptions,
  type RunSource,
  type Site,
} from '#execute';
import { ExperimentDocument, experimentSchema, preparing } from '#experiment';
import { lockDirectory, assertUnoccupied, assertSameOrigin, RunDirectory, type Lock } from '#store';
import { extname, join } from 'node:path';
import { loadExperiment, withLocationEach, readText, type LoadedExperiment } from '../load.js';
import { consoleProgress } from '../progress.js';
import { onInterruption, quickened, workerCount } from '../run.js';
import { origin } from '../version.js';
import { activeText } from './array-tasks.js';
import { siteFrom, type SiteOptions } from './site.js';

interface ExecutionOptions extends SiteOptions {
  readonly workers?: string;
  readonly checkpoint?: number;
}

export interface ResumeOptions extends ExecutionOptions {
  readonly check?: boolean;
  readonly nothingRuns?: boolean;
}

export interface SweepOptions extends ExecutionOptions {
  readonly out: string;
  readonly taskReplicas?: number;
  readonly quick?: boolean;
  readonly dryRun?: boolean;
}

export async function sweepCommand(file: string, options: SweepOptions): Promise<void> {
  const site = await siteFrom(options);
  const execution = localOptions(options, site);
  if (options.dryRun && !site)
    throw new InvalidInputError('--dry-run prints the job script: it needs --executor slurm or template');
  if (await RunDirectory.isAt(options.out)) {
    throw new InvalidInputError(
      `${options.out}: is a run directory already; meander resume ${options.out} goes on with it, another name begins anew`,
    );
  }
  await assertUnoccupied(options.out);
  const loaded = await loadExperiment(file);
  const experiment = options.quick ? quickened(loaded.experiment) : loaded.experiment;
  const prepared = withLocationEach(loaded, preparing(experiment));
  const { quick = false, taskReplicas } = options;
  const source = { ...sourceOf(loaded, file, quick), name: experiment.name, prepared, taskReplicas };
  if (site && options.dryRun) {
    process.stdout.write(await dryRun(options.out, taskSteps(source), site));
    return;
  }
  await createRun(options.out, source);
  await locked(options.out, 'sweep', (run, lock) => (site ? submit(run, site) : finish(run, lock, execution)));
}

export async function resumeCommand(directory: string, options: ResumeOptions): Promise<void> {
  await locked(directory, 'resume', async (run, lock) => {
    assertSameOrigin(directory, run.manifest, origin());
    const submissions = await submissionsOf(run);
    const site = await siteFrom(options, submissions.at(-1)?.site);
    const execution = localOptions(options, site);
    const { active, known } = await clusterState(run, submissions).catch((error: unknown) => {
      if (!(error instanceof InvalidInputError)) throw error;
      if (options.nothingRuns) return { active: 0, known: false };
      throw new InvalidInputError(
        `${error.message}; where nothing of ${directory} waits or runs, --nothing-runs goes on all the same`,
      );
    });
    if (!known && !options.nothingRuns) {
      throw new InvalidInputError(
        `${directory}: the batch system cannot be asked what of this run waits or runs; give --nothing-runs if nothing does`,
      );
    }
    if (active > 0 && (!site || options.check)) {
      throw new InvalidInputError(
        `${directory}: ${activeText(active)} on the cluster; meander cancel ${directory} cancels them`,
      );
    }
    if (options.check) await quarantineDamaged(run);
    await (site ? submit(run, site) : finish(run, lock, execution));
  });
}

export async function cancelCommand(directory: string): Promise<void> {
  await locked(directory, 'cancel', async (run) => {
    await cancelJobs(run, await submissionsOf(run));
    console.error(
      `what of ${directory} waited or ran was taken back; what was done is kept, meander resume ${directory} goes on`,
    );
  });
}

function locked(
  directory: string,
  command: string,
  work: (run: RunDirectory, lock: Lock) => Promise<void>,
): Promise<void> {
  return RunDirectory.use(directory, async (run) => {
    const lock = await lockDirectory(directory, command);
    try {
      await work(run, lock);
    } finally {
      await lock.release();
    }
  });
}

async function quarantineDamaged(run: RunDirectory): Promise<void> {
  const aside = await run.records.quarantineDamaged();
  for (const path of aside) console.error(`damaged, set aside: ${path}`);
  if (aside.length === 0) console.error('no record is damaged');
}

/** Submits the tasks that nobody does. */
async function submit(run: RunDirectory, site: Site): Promise<void> {
  const { lost, active } = await clusterState(run, await submissionsOf(run));
  if (active === 0) await run.removeTempFiles();
  if (lost.length === 0) {
    console.error(
      active > 0
        ? `nothing to submit: ${activeText(active)}; meander status ${run.path} shows their progress`
        : `nothing to submit: all tasks are done; meander collect ${run.path} makes the table`,
    );
    return;
  }
  const made = await submitTasks(run, lost, site).catch((error: unknown) => {
    if (!(error instanceof InvalidInputError)) throw error;
    throw new InvalidInputError(
      `${error.message}; ${run.path} keeps the run: meander resume ${run.path} submits it again, with --executor local it is done here`,
    );
  });
  const arrayTasks = made.reduce((sum, submission) => sum + submission.arrayTasks.length, 0);
  const jobs = made.flatMap((submission) => submission.jobs ?? []).join(', ');
  const steps = lost.reduce((sum, task) => sum + run.stepsOf(task), 0) / arrayTasks;
  console.error(
    `submitted ${lost.length} tasks in ${arrayTasks} array tasks as ${jobs}, ${steps.toPrecision(2)} replica-steps each; meander status ${run.path} shows their progress`,
  );
}

/** What of a loaded experiment goes into a manifest. */
function sourceOf(loaded: LoadedExperiment, file: string, quick: boolean): Pick<RunSource, 'description' | 'text'> {
  return {
    description: {
      ...origin(),
      // A fixed name: that of the user's file might be one of ours.
      file: extname(file) === '.json' ? 'experiment.json' : 'experiment.yaml',
      configuration: experimentSchema.parse(loaded.document.toJS()),
      data: loaded.data,
      quick,
    },
    text: loaded.text,
  };
}

function localOptions({ workers, checkpoint }: ExecutionOptions, site: Site | null): LocalRunOptions {
  if (site && workers !== undefined) throw new InvalidInputError('--workers is for this machine; give --cpus');
  if (site && checkpoint !== undefined)
    throw new InvalidInputError('--checkpoint is for this machine; array tasks use 20 s');
  return { workers: workerCount(workers), checkpointSeconds: checkpoint };
}

/** Does what is left of a run on this machine and makes the table. */
async function finish(run: RunDirectory, lock: Lock, execution: LocalRunOptions): Promise<void> {
  await run.removeTempFiles();
  const tasks = await unfinishedTasks(run);
  if (tasks.length > 0) {
    const progress = consoleProgress();
    await onInterruption(async (interrupted) => {
      const signal = AbortSignal.any([interrupted, lock.lost]);
      const complete = await inOwnFile(run, () => runLocally(run, tasks, { ...execution, progress, signal }));
      if (lock.lost.aborted) throw lockLostError(run.path);
      if (!complete) throw new CancelledError(`interrupted; meander resume ${run.path} goes on where it stopped`);
    });
  }
  const { points } = run.manifest;
  console.error(`${points === 1 ? '1 point is' : `${points} points are`} done; the table is ${await collect(run)}`);
}

/** What turns out to be wrong with the experiment is told with the place in the file that the run keeps. */
async function inOwnFile<T>({ path, manifest }: RunDirectory, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof InvalidInputError) || error.path.length === 0) throw error;
    const file = join(path, manifest.file);
    throw new ExperimentDocument(file, await readText(file)).locate(error);
  }
}
