import { CancelledError, InvalidInputError } from '#core';
import {
  arraysOf,
  cancelJobs,
  clusterState,
  collect,
  createRun,
  runLocally,
  scriptText,
  submissionsOf,
  submitTasks,
  takenOver,
  taskCount,
  unfinishedTasks,
  type LocalRunOptions,
  type RunSource,
  type Site,
} from '#execute';
import { ExperimentDocument, experimentSchema, preparing } from '#experiment';
import { lockDirectory, refuseOccupied, requireOrigin, RunDirectory } from '#store';
import { extname, join } from 'node:path';
import { loadExperiment, locatingEach, readText, type LoadedExperiment } from '../load.js';
import { consoleProgress } from '../progress.js';
import { onInterruption, quickened, workerCount } from '../run.js';
import { origin } from '../version.js';
import { siteFrom, type SiteOptions } from './site.js';

export interface ResumeOptions extends SiteOptions {
  readonly workers?: string;
  readonly checkpoint?: number;
}

export interface SweepOptions extends ResumeOptions {
  readonly out: string;
  readonly taskReplicas?: number;
  readonly quick?: boolean;
  readonly dryRun?: boolean;
}

export async function sweepCommand(file: string, options: SweepOptions): Promise<void> {
  const execution = localOptions(options);
  const site = await siteFrom(options);
  if (options.dryRun && !site)
    throw new InvalidInputError('--dry-run prints the job script: it needs --executor slurm or template');
  await refuseOccupied(options.out);
  const loaded = await loadExperiment(file);
  const experiment = options.quick ? quickened(loaded.experiment) : loaded.experiment;
  const prepared = locatingEach(loaded, preparing(experiment));
  const { quick = false, taskReplicas } = options;
  const source = { ...sourceOf(loaded, file, quick), name: experiment.name, prepared, taskReplicas };
  if (site && options.dryRun) {
    for (const array of await arraysOf([...Array(taskCount(source)).keys()], site)) {
      process.stdout.write(scriptText(options.out, array));
    }
    return;
  }
  const run = await createRun(options.out, source);
  await (site ? submit(run, 'sweep', site) : finish(run, 'sweep', execution));
}

export async function resumeCommand(directory: string, options: ResumeOptions): Promise<void> {
  const execution = localOptions(options);
  const run = await RunDirectory.open(directory);
  requireOrigin(directory, run.manifest, origin());
  const submissions = await submissionsOf(run);
  const site = await siteFrom(options, submissions.at(-1)?.site);
  if (site) {
    await submit(run, 'resume', site);
    return;
  }
  const { active } = await clusterState(run, submissions);
  if (active > 0) {
    throw new InvalidInputError(
      `${directory}: ${active} elements wait or run on the cluster; meander cancel ${directory} takes them back`,
    );
  }
  await finish(run, 'resume', execution);
}

export async function cancelCommand(directory: string): Promise<void> {
  const run = await RunDirectory.open(directory);
  const lock = await lockDirectory(directory, 'cancel');
  try {
    await cancelJobs(await submissionsOf(run));
    console.error(
      `nothing of ${directory} waits or runs any more; what was done is kept, meander resume ${directory} goes on`,
    );
  } finally {
    await lock.release();
    await run.close();
  }
}

/** Submits the tasks that nobody does. */
async function submit(run: RunDirectory, command: string, site: Site): Promise<void> {
  const lock = await lockDirectory(run.path, command);
  try {
    const { lost, active, known } = await clusterState(run, await submissionsOf(run));
    if (active === 0 && known) await run.tidy();
    const made = lost.length > 0 ? await submitTasks(run, lost, site) : [];
    const elements = made.reduce((sum, submission) => sum + submission.elements.length, 0);
    console.error(
      lost.length > 0
        ? `submitted ${lost.length} tasks in ${elements} elements as ${made.flatMap(({ jobs }) => jobs ?? []).join(', ')}; meander status ${run.path} tells how far they are`
        : `nothing to submit: ${active} elements wait or run; meander status ${run.path} tells how far they are`,
    );
  } finally {
    await lock.release();
    await run.close();
  }
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

function localOptions({ workers, checkpoint }: ResumeOptions): LocalRunOptions {
  return { workers: workerCount(workers), checkpointSeconds: checkpoint };
}

/** Does what is left of a run on this machine and makes the table. */
async function finish(run: RunDirectory, command: string, execution: LocalRunOptions): Promise<void> {
  const lock = await lockDirectory(run.path, command);
  try {
    await run.tidy();
    const tasks = await unfinishedTasks(run);
    if (tasks.length > 0) {
      const progress = consoleProgress();
      await onInterruption(async (interrupted) => {
        const signal = AbortSignal.any([interrupted, lock.lost]);
        const complete = await inOwnFile(run, () => runLocally(run, tasks, { ...execution, progress, signal }));
        if (lock.lost.aborted) throw takenOver(run.path);
        if (!complete) throw new CancelledError(`interrupted; meander resume ${run.path} goes on where it stopped`);
      });
    }
    console.error(`${run.manifest.points} points are done; the table is ${await collect(run)}`);
  } finally {
    await lock.release();
    await run.close();
  }
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
